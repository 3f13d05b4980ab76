# All services in one image; the command says which: run SERVICE, sandbox, topics create, ...
FROM maven:3.9.12-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -q -Dquick -pl standalone -am package

FROM eclipse-temurin:25.0.4_7-jre
# A named volume takes its owner from the directory that it covers.
RUN useradd --system --uid 10001 --home-dir /var/lib/captcha captcha \
 && install -d -o captcha -g captcha -m 700 /var/lib/captcha \
      /secrets /secrets/callback /secrets/api /secrets/audit /secrets/postgres
COPY --from=build /src/standalone/target/lib /opt/captcha/lib
COPY --from=build /src/standalone/target/captcha.jar /opt/captcha/captcha.jar
USER captcha
WORKDIR /var/lib/captcha
ENV DATA_DIR=/var/lib/captcha
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dvertx.logger-delegate-factory-class-name=io.vertx.core.logging.SLF4JLogDelegateFactory", "-jar", "/opt/captcha/captcha.jar"]
CMD ["--help"]
