import type { Command } from "./commands.ts";
import { keyMap } from "./key-map.ts";
import { keyWords, onMac } from "./key-stroke.ts";

export type { Command } from "./commands.ts";

/** The first keys of a command as this machine names them; empty where it has none. */
export function keysFor(command: Command): string {
  const [keys] = keyMap.of(command);
  return keys === undefined ? "" : keyWords(keys, { mac: onMac() });
}
