// Ask on captcha-submit, await the outcome. npm ci && node solve.js
const { randomUUID } = require("node:crypto");
const { Kafka, logLevel } = require("kafkajs");

const brokers = (process.env.KAFKA_BOOTSTRAP_SERVERS || "localhost:9092").split(",");
const kafka = new Kafka({ brokers, logLevel: logLevel.ERROR });

async function solve(method, params, timeoutSeconds = 180) {
  const requestId = randomUUID();
  const consumer = kafka.consumer({ groupId: `solve-${requestId}`, readUncommitted: false });
  const producer = kafka.producer({ idempotent: true });
  await Promise.all([consumer.connect(), producer.connect()]);
  let timer;
  try {
    const topics = ["captcha-solved", "captcha-failed"];
    const starts = await ends(topics);
    await consumer.subscribe({ topics });
    const outcome = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no outcome for ${requestId}`)), (timeoutSeconds + 45) * 1000);
      const eachMessage = async ({ message: { key, value } }) => {
        if (key?.toString() === requestId) resolve(JSON.parse(value));
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
    starts.forEach((start) => consumer.seek(start));
    await producer.send({
      topic: "captcha-submit",
      acks: -1,
      messages: [
        { key: requestId, value: JSON.stringify({ request_id: requestId, method, params, timeout_seconds: timeoutSeconds }) },
      ],
    });
    return await outcome;
  } finally {
    clearTimeout(timer);
    await Promise.all([consumer.disconnect(), producer.disconnect()]);
  }
}

// Before anything is asked, so that no outcome is missed.
async function ends(topics) {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const all = await Promise.all(topics.map(async (topic) => [topic, await admin.fetchTopicOffsets(topic)]));
    return all.flatMap(([topic, offsets]) => offsets.map(({ partition, high }) => ({ topic, partition, offset: high })));
  } finally {
    await admin.disconnect();
  }
}

solve("userrecaptcha", { googlekey: "SITE_KEY", pageurl: "https://example.com" })
  .then((outcome) => {
    console.log(outcome.status, outcome.solution ?? outcome.error);
    process.exitCode = outcome.status === "solved" ? 0 : 3;
  })
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 4;
  });
