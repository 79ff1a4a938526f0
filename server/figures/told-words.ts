import { metricWords } from "./alert-words.ts";
import { formatDay } from "./format-time.ts";

/** A sentence of a relation as the page says it: its metric in words, its days as the reader writes them. */
export function toldWords(sentence: string, metric: string): string {
  return sentence
    .replaceAll(metric, metricWords(metric))
    .replace(/(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])/g, (day) => formatDay(day));
}
