// Express with better-sse as its guide shows: a channel a topic, a session a stream. Beside it a booking form's POST with
// the reservations in an array, nothing on disk: what many such pages do.
import { createServer } from "node:http";
import { createChannel, createSession } from "better-sse";
import express from "express";
import { data, listen } from "./event.js";

const app = express();
app.disable("x-powered-by");
app.disable("etag");
const channels = new Map();
const reservations = [];
let published = 0;

function channel(name) {
  let found = channels.get(name);
  if (!found) channels.set(name, (found = createChannel()));
  return found;
}

app.get("/events/:topic", async (request, response) => {
  const session = await createSession(request, response, { keepAlive: 20_000, serializer: (text) => text });
  channel(request.params.topic).register(session);
});

app.post("/publish/:topic", (request, response) => {
  published += 1;
  channel(request.params.topic).broadcast(data(published), "alert", { eventId: `express-${published}` });
  response.status(204).end();
});

app.post("/reservations", express.json(), (request, response) => {
  reservations.push(request.body);
  response.status(201).json({ code: String(reservations.length), ...request.body });
});

listen(createServer(app));
