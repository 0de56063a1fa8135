// Node's own http module at its best: the event's bytes are made once and written to every response.
import { createServer } from "node:http";
import { data, listen, topicOf } from "./event.js";

const KEPT = 1_000;
const KEEP_ALIVE_MS = 20_000;

const topics = new Map();
let published = 0;

function topic(name) {
  let found = topics.get(name);
  if (!found) topics.set(name, (found = { followers: new Set(), log: [] }));
  return found;
}

function follow(request, response) {
  const { followers, log } = topic(topicOf(request.url));
  request.socket.setNoDelay(true);
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const last = Number(request.headers["last-event-id"]?.split("-")[1] ?? Infinity);
  const missed = log.filter((event) => event.number > last).map((event) => event.bytes);
  response.write(Buffer.concat([Buffer.from(`retry: 3000\nid: node-${published}\n\n`), ...missed]));
  followers.add(response);
  request.on("close", () => followers.delete(response));
}

function publish(request, response) {
  published += 1;
  const bytes = Buffer.from(`id: node-${published}\nevent: alert\ndata: ${data(published)}\n\n`);
  const { followers, log } = topic(topicOf(request.url));
  log.push({ number: published, bytes });
  if (log.length > KEPT) log.shift();
  for (const follower of followers) follower.write(bytes);
  response.writeHead(204).end();
}

setInterval(() => {
  for (const { followers } of topics.values()) for (const follower of followers) follower.write(":\n\n");
}, KEEP_ALIVE_MS);

listen(createServer((request, response) => (request.method === "POST" ? publish : follow)(request, response)));
