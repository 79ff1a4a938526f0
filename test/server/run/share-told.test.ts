import { expect, test } from "vitest";
import { shareTold } from "../../../server/run/share-told.ts";

test("how far a part is never goes back once its work has told more, and is told ten times a second at most", () => {
  const heard: number[] = [];
  let now = 0;
  const told = shareTold(
    (share) => heard.push(share),
    () => now,
  );
  const after = (ms: number, tell: (share: number) => void, share: number) => {
    now += ms;
    tell(share);
  };
  for (const share of [0.05, 0.4, 0, 0.9]) after(100, told.whole, share);
  after(50, told.whole, 0.95);
  for (const share of [0.2, 0.97, 0.1]) after(100, told.writing, share);
  expect(heard).toEqual([0.05, 0.4, 0.4, 0.9, 0.95, 0.97, 0.95]);
});

test("a part that does nothing but write tells how far each relation is", () => {
  const heard: number[] = [];
  let now = 0;
  const told = shareTold(
    (share) => heard.push(share),
    () => {
      now += 100;
      return now;
    },
  );
  for (const share of [0.3, 0.8, 0.2]) told.writing(share);
  expect(heard).toEqual([0.3, 0.8, 0.2]);
});

test("work in stages tells of each within its shares of the whole, whatever a stage tells", () => {
  const heard: number[] = [];
  let now = 0;
  const told = shareTold(
    (share) => heard.push(Math.round(share * 100) / 100),
    () => {
      now += 100;
      return now;
    },
  );
  told.stage(0, 0.2);
  told.whole(0.5);
  told.stage(0.2, 0.8);
  told.whole(0.5);
  told.stage(0.8, 1);
  told.writing(0.5);
  told.writing(0);
  expect(heard).toEqual([0, 0.1, 0.2, 0.5, 0.8, 0.9, 0.8]);
});
