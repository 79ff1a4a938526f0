import type { LoggerInterface } from "vega";

/** Hears what Vega has to say, a sentence each; what is ours to know is left out. */
export function noteLogger(note: (text: string) => void): LoggerInterface {
  let level = 2;
  const heard = (...words: readonly unknown[]) => {
    const text = words.map(String).join(" ");
    // How the width is fitted is ours; Vega-Lite says so where the height follows from the data.
    if (!text.startsWith('Dropping "fit-')) note(text);
    return logger;
  };
  const logger: LoggerInterface = {
    level: ((to?: number) => {
      if (to === undefined) return level;
      level = to;
      return logger;
    }) as LoggerInterface["level"],
    error: heard,
    warn: heard,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}
