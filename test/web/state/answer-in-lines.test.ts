import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "../../../web/state/answer-in-lines.ts";

test("lines arrive whole, however the bytes were cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: "grapheme", minLength: 1 }).map((text) => JSON.stringify(text)),
        { maxLength: 5 },
      ),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size) => {
        const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
            controller.close();
          },
        });
        const heard: string[] = [];
        for await (const line of linesOf(body)) heard.push(line);
        expect(heard).toEqual(lines);
      },
    ),
    { numRuns: 60 },
  );
});
