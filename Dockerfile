# All services in one image; the command says which: run SERVICE, sandbox, topics create, ...
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml .
COPY schemas schemas
COPY service-kit service-kit
COPY embedded-broker embedded-broker
COPY testkit testkit
COPY sandbox sandbox
COPY client client
COPY ingress-callback ingress-callback
COPY solver-submitter solver-submitter
COPY result-router result-router
COPY audit-sink audit-sink
COPY alerting alerting
COPY standalone standalone
COPY benchmarks benchmarks
RUN mvn -B -ntp -q -Dquick -pl standalone -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/captcha --create-home captcha
COPY --from=build /src/standalone/target/lib /opt/captcha/lib
COPY --from=build /src/standalone/target/captcha.jar /opt/captcha/captcha.jar
USER captcha
WORKDIR /var/lib/captcha
ENV DATA_DIR=/var/lib/captcha
VOLUME /var/lib/captcha
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dvertx.logger-delegate-factory-class-name=io.vertx.core.logging.SLF4JLogDelegateFactory", "-jar", "/opt/captcha/captcha.jar"]
CMD ["--help"]
