import { expect, test } from "vitest";
import { headline } from "../../../server/figures/alert-words.ts";
import { learningOf, quietWords } from "../../../server/figures/learning-words.ts";
import { seriesPoint } from "./series-point.ts";

/** A series of two periods of which this was expected. */
function series(...expected: (number | null)[]) {
  const points = expected.map((each, day) => seriesPoint({ period: `2026-10-0${day + 1}`, expected: each }));
  return { segment: "VIP", metric: "click_rate", points };
}

test("a monitor that has learnt nothing yet does not say that all is steady", () => {
  const learning = [series(null, null), series(null, null)];
  expect(learningOf(learning)).toBe("all");
  expect(quietWords(learning)).toBe(
    "Whether anything drifts can't be told yet: every series is learning its baseline.",
  );
  expect(headline([], "all")).toBe("Too early to tell what drifts");
});

test("a series that is too new beside others is told of", () => {
  const mixed = [series(null, 0.1), series(null, null)];
  expect(learningOf(mixed)).toBe("some");
  expect(quietWords(mixed)).toContain("some series are learning");
  expect(headline([], "some")).toBe("No segment drifts; some are too new to tell");
});

test("series that are known are within what was expected, unless there is an alert", () => {
  const known = [series(null, 0.1)];
  expect(learningOf(known)).toBe("none");
  expect(quietWords(known)).toBe("Nothing drifts: every series is within what was expected.");
  expect(headline([], learningOf(known))).toBe("Every segment is steady");
});
