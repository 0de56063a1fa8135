// What every Node peer sends: the same bytes, numbered from 1 a topic-wide count, and the same way of starting.
export const data = (number) =>
  `{"kind":"new_reservation","code":"K7QM-2XNP","text":"2031-01-01 2031-01-02 double ${String(number).padStart(7, "0")}"}`;

export const topicOf = (url) => url.slice(url.lastIndexOf("/") + 1);

// As deep a backlog as the system gives: a storm must not wait for lost connects.
export function listen(server) {
  server.listen({ host: "127.0.0.1", port: 0, backlog: 8192 }, () => {
    console.log(`listening at http://127.0.0.1:${server.address().port}`);
  });
}
