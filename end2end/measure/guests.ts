// Guests who book and cancel at a steady rate, so that a house is as busy as it is told to be.
import type { House } from "../tests/support/house.ts";

const ROOMS = { single: 8, double: 20, family: 6, suite: 2 };

type Booked = { code: string; token: string };

export class Guests {
  /** Changes that were made, refusals not counted. */
  made = 0;
  #house: House;
  #arrival: string;
  #departure: string;
  #booked = Object.keys(ROOMS).map((type) => ({ type, most: ROOMS[type as keyof typeof ROOMS], held: [] as Booked[] }));
  #timer?: NodeJS.Timeout;
  #under = 0;

  constructor(house: House, arrival: string, departure: string) {
    [this.#house, this.#arrival, this.#departure] = [house, arrival, departure];
  }

  start(perSecond: number) {
    let [due, before] = [0, performance.now()];
    this.#timer = setInterval(() => {
      const now = performance.now();
      due = Math.min(due + ((now - before) * perSecond) / 1000, perSecond);
      before = now;
      for (; due >= 1 && this.#under < 32; due -= 1) void this.#change();
    }, 5);
  }

  stop() {
    clearInterval(this.#timer);
  }

  /** One booking or cancellation; the house stays nearly full, where changes can be seen. */
  async #change() {
    this.#under += 1;
    const lane = this.#booked[Math.floor(Math.random() * this.#booked.length)];
    const isRoomy = lane.held.length < lane.most - 2;
    if (isRoomy || (lane.held.length < lane.most && Math.random() < 0.5)) {
      const place: Booked = { code: "", token: "" };
      lane.held.push(place);
      try {
        const { code, manage_token } = await this.#house.book(lane.type, this.#arrival, this.#departure, "Hot House");
        Object.assign(place, { code, token: manage_token });
        this.made += 1;
      } catch {
        lane.held.splice(lane.held.indexOf(place), 1);
        lane.most = Math.max(1, lane.held.length);
      }
    } else {
      const at = lane.held.findIndex(({ code }) => code !== "");
      if (at >= 0) {
        const [{ code, token }] = lane.held.splice(at, 1);
        const answer = await fetch(`${this.#house.url}/api/v1/reservations/${code}/cancel`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}` },
        });
        await answer.arrayBuffer();
        this.made += answer.ok ? 1 : 0;
      }
    }
    this.#under -= 1;
  }
}
