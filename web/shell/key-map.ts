import { Watchable } from "../state/watchable.ts";
import { COMMANDS, type Command, entryOf, isCommand } from "./commands.ts";

const PLACE = "segbook:keys";

type Changes = Readonly<Partial<Record<Command, readonly string[]>>>;

/** Which keys ask for what: the table's, changed by what the reader chose in this browser. */
export class KeyMap extends Watchable {
  #changes: Changes;

  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">) {
    super();
    this.#changes = this.#read();
  }

  /** A command's keys, the likeliest first. */
  of(command: Command): readonly string[] {
    return this.#changes[command] ?? entryOf(command).keys;
  }

  isChanged(command: Command): boolean {
    return this.#changes[command] !== undefined;
  }

  get anyChanged(): boolean {
    return Object.keys(this.#changes).length > 0;
  }

  /** What these keys ask for, `more` where they begin the keys of something, null where they mean nothing. */
  find(keys: string, { typing }: { typing: boolean }): Command | "more" | null {
    let begins = false;
    for (const { command, reach } of COMMANDS) {
      if (typing && reach !== "anywhere") continue;
      if (this.of(command).includes(keys)) return command;
      begins ||= this.of(command).some((each) => each.startsWith(`${keys} `));
    }
    return begins ? "more" : null;
  }

  /** Other commands that can't be asked for any more once these keys are taken: they have them, or one begins the other. */
  heldBy(keys: string, except: Command): Command[] {
    return COMMANDS.map(({ command }) => command).filter(
      (command) => command !== except && this.of(command).some((each) => collides(each, keys)),
    );
  }

  /** Gives a command its keys and takes them from whatever else had them. */
  give(command: Command, keys: readonly string[]): void {
    const changes: Partial<Record<Command, readonly string[]>> = { ...this.#changes };
    for (const each of keys) {
      for (const other of this.heldBy(each, command))
        changes[other] = (changes[other] ?? this.of(other)).filter((held) => !collides(held, each));
    }
    this.#become({ ...changes, [command]: [...new Set(keys)] });
  }

  /** Gives a command the keys of the table back. */
  restore(command: Command): void {
    this.give(command, entryOf(command).keys);
  }

  restoreAll(): void {
    this.#become({});
  }

  /** Another tab of the page may have changed them. */
  reload(): void {
    this.#changes = this.#read();
    this.changed();
  }

  #become(changes: Changes): void {
    const kept = Object.entries(changes).filter(([command, keys]) => {
      return isCommand(command) && keys.join("\n") !== entryOf(command).keys.join("\n");
    });
    this.#changes = Object.fromEntries(kept);
    try {
      if (kept.length === 0) this.storage.removeItem(PLACE);
      else this.storage.setItem(PLACE, JSON.stringify(this.#changes));
    } catch {
      // A storage that is full or forbidden: the keys hold for as long as the page is open.
    }
    this.changed();
  }

  #read(): Changes {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(PLACE) ?? "{}");
      if (typeof kept !== "object" || kept === null) return {};
      return Object.fromEntries(Object.entries(kept).filter(([command, keys]) => isCommand(command) && isKeys(keys)));
    } catch {
      return {};
    }
  }
}

/** The page's own. */
export const keyMap = new KeyMap(globalThis.localStorage ?? { getItem: () => null, setItem() {}, removeItem() {} });
globalThis.addEventListener?.("storage", (event) => {
  if (event.key === PLACE || event.key === null) keyMap.reload();
});

function collides(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

function isKeys(keys: unknown): keys is string[] {
  return Array.isArray(keys) && keys.every((each) => typeof each === "string" && each !== "");
}
