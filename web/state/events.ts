import { field } from "../../server/figures/segmentation.ts";

/** Events that a source's rows are, in words, by its body. */
export function eventsOf(body: unknown): string[] {
  const event = field(body, "event");
  const names = field(field(body, "events"), "names");
  const several = typeof names === "object" && names !== null ? Object.values(names) : [];
  return [event, ...several].filter((words): words is string => typeof words === "string");
}
