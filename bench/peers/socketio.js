// Socket.IO over WebSocket alone, uncompressed, a room a topic; each connection lets go of its first request, as its
// guide on memory says.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { data, listen, topicOf } from "./event.js";

let published = 0;
const server = createServer((request, response) => {
  if (request.method !== "POST") return response.writeHead(404).end();
  published += 1;
  io.to(topicOf(request.url)).emit("alert", data(published));
  response.writeHead(204).end();
});
const io = new Server(server, {
  transports: ["websocket"],
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
  pingInterval: 20_000,
  // A client that is only slow is not a client that is gone.
  pingTimeout: 60_000,
});
// The topic is in the first request; the client need not ask for it in a message of its own.
io.engine.on("connection", (connection) => {
  connection.topic = connection.request._query.topic;
  connection.request = null;
});
io.on("connection", (socket) => socket.join(socket.conn.topic));

listen(server);
