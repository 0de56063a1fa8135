// The pages as people use them.
import { type Locator, type Page, expect } from "@playwright/test";

export class GuestSite {
  constructor(readonly page: Page) {}

  async search(arrival: string, departure: string, hotel = "harbour", adults = 1) {
    await this.page.goto(`/hotels/${hotel}?arrival=${arrival}&departure=${departure}&adults=${adults}&children=0`);
  }

  room(code: string) {
    return this.page.locator(`[data-room="${code}"]`);
  }

  async choose(code: string) {
    await this.room(code).locator(".button--main").click();
    await expect(this.page.locator("#booking")).toBeVisible();
  }

  /** Opens the form by its address, as an old link does: nothing is held. */
  async open(code: string, arrival: string, departure: string, hotel = "harbour") {
    const stay = `arrival=${arrival}&departure=${departure}&adults=1&children=0`;
    await this.page.goto(`/hotels/${hotel}/book?room_type=${code}&${stay}`);
    await expect(this.page.locator("#booking")).toBeVisible();
  }

  async fill(guest: { name?: string; email?: string; phone?: string; note?: string }) {
    for (const [field, value] of Object.entries(guest)) await this.page.locator(`#booking [name=${field}]`).fill(value);
  }

  get confirm() {
    return this.page.locator("#booking button[type=submit]");
  }

  /** Searches, chooses, fills and confirms; gives the code. */
  async book(code: string, arrival: string, departure: string, name = "Ana Silva", hotel = "harbour") {
    await this.search(arrival, departure, hotel);
    await this.choose(code);
    await this.fill({ name, email: "ana@example.org" });
    await this.confirm.click();
    return this.code();
  }

  /** The code on the confirmation. */
  async code() {
    await expect(this.page).toHaveURL(/\/reservations\/[A-Z2-9]{4}-[A-Z2-9]{4}\/confirmation/);
    return (await this.page.locator(".ticket__code").textContent())!.trim();
  }
}

export interface DeskStay {
  status: string;
  arrival: string;
  departure: string;
  room?: string;
  later_rooms?: { from: string; room: string }[];
  pinned?: boolean;
}

export class DeskSite {
  constructor(readonly page: Page) {}

  /** As `desk`, `manager` or, to the rooms, `rooms`. */
  async signIn(hotel = "harbour", who = "desk") {
    await this.page.goto("/desk/sign-in");
    await this.page.locator("[name=email]").fill(`${who}@${hotel}.example`);
    await this.page.locator("[name=password]").fill(`${hotel}-demo-${who}`);
    await this.page.locator("main button[type=submit]").click();
    await expect(this.page).toHaveURL(new RegExp(`/desk/${hotel}${who === "rooms" ? "/rooms" : ""}$`));
  }

  async open(code: string, hotel = "harbour") {
    await this.page.goto(`/desk/${hotel}/reservations/${code}`);
  }

  /** A reservation as the house has it. */
  async stay(code: string) {
    const answer = await this.page.request.get(`/api/v1/desk/harbour/reservations/${code}`);
    return (await answer.json()) as DeskStay;
  }

  /** Does over the API what goes before a test, or what a colleague does meanwhile. */
  async post(path: string, data: object = {}) {
    const answer = await this.page.request.post(`/api/v1/desk/harbour/${path}`, { data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  /** Presses the button of an action on the open reservation; asked first whether it is meant, says yes. */
  async act(action: string) {
    const answer = await this.#submit(this.page.locator(`form[action$="/${action}"] button[type=submit]`).first());
    if (answer.status() === 409) await this.#submit(this.page.locator("form[data-asks] button"));
  }

  /** Gives the answer once its page stands: who goes elsewhere sooner breaks off the one that is on its way. */
  async #submit(button: Locator) {
    const answered = this.page.waitForResponse((answer) => answer.request().method() === "POST");
    const loaded = this.page.waitForEvent("load");
    await button.click();
    await loaded;
    return answered;
  }
}
