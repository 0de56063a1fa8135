// The demo house, served by the real program on a free port with a database of its own: one for each test.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const PROGRAM = process.env.VACANCY_PROGRAM ?? join(import.meta.dirname, "../../../target/release/vacancy");

export class House {
  readonly url: string;
  #process: ChildProcess;
  #folder: string;
  #options: string[];

  private constructor(url: string, process: ChildProcess, folder: string, options: string[]) {
    this.url = url;
    this.#process = process;
    this.#folder = folder;
    this.#options = options;
  }

  static async open(options: string[] = ["--limits", "off"]): Promise<House> {
    return House.#start(mkdtempSync(join(tmpdir(), "vacancy-")), "127.0.0.1:0", options);
  }

  static async #start(folder: string, addr: string, options: string[], environment = {}): Promise<House> {
    const database = `sqlite:${join(folder, "house.db")}`;
    const program = spawn(PROGRAM, ["serve", "--demo", "--addr", addr, "--database", database, ...options], {
      env: { ...process.env, RUST_LOG: "error", ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: program.stdout! })) {
      return new House(line.trim().split(" ").at(-1)!, program, folder, options);
    }
    throw new Error("the program ended before it served");
  }

  /** Ends the server and starts it again on the same port and file; `between` runs while nothing listens. */
  async restart(between: () => Promise<void> = async () => {}): Promise<House> {
    await this.#end();
    await between();
    return House.#start(this.#folder, new URL(this.url).host, this.#options);
  }

  /** Ends the server and starts it again a day later by the calendar, on the same port and file. */
  async sleepUntilTomorrow() {
    const library = join(this.#folder, "later.so");
    execFileSync("cc", ["-shared", "-fPIC", "-o", library, join(import.meta.dirname, "later.c"), "-ldl"]);
    await this.#end();
    const environment = { LD_PRELOAD: library, LATER_SECONDS: "86400" };
    const tomorrow = await House.#start(this.#folder, new URL(this.url).host, this.#options, environment);
    this.#process = tomorrow.#process;
  }

  async close() {
    await this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end() {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGTERM");
    await ended;
  }

  /** The hotel's today, moved by so many days. */
  async day(offset: number, hotel = "harbour"): Promise<string> {
    const answer = await fetch(`${this.url}/api/v1/hotels/${hotel}`);
    const { today } = (await answer.json()) as { today: string };
    const date = new Date(`${today}T12:00:00Z`);
    date.setUTCDate(date.getUTCDate() + offset);
    return date.toISOString().slice(0, 10);
  }

  /** Books over the API, as another guest would. */
  async book(roomType: string, arrival: string, departure: string, name = "Another Guest", hotel = "harbour") {
    const answer = await fetch(`${this.url}/api/v1/hotels/${hotel}/reservations`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify({
        room_type: roomType,
        arrival,
        departure,
        adults: 1,
        guest: { name, email: "another@example.org" },
      }),
    });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { code: string; manage_url: string; manage_token: string };
  }
}
