import { expect, test } from "vitest";
import { momentWords } from "../../../server/figures/settings.ts";

test("midnight in the notebook's zone is told as the end of the day before", () => {
  expect(momentWords("2026-11-01T00:00:00+00:00", "Europe/London")).toMatch(/^the end of .*31/);
  expect(momentWords("2026-10-31T22:00:00+00:00", "Europe/Helsinki")).toMatch(/^the end of .*31/);
  expect(momentWords("2026-11-01T00:00:00+00:00", "America/New_York")).not.toContain("the end of");
});
