import { download } from "./download.ts";
import type { Notices } from "./notices.ts";
import type { Session } from "./session.ts";

/** Saves the notebook, and keeps its results as one page where the browser keeps what it downloads. */
export async function exportPage(session: Session, notices: Notices): Promise<void> {
  if (!(await session.file.save())) return;
  const name = `${session.path.replace(/^.*\//, "").replace(/\.md$/, "")}.html`;
  notices.say(`Writing ${name} …`);
  const got = await session.exported();
  if (!got.ok) {
    notices.warn(`${got.problem.message} ${got.problem.hint}`);
    return;
  }
  download(got.value, name);
  const without = session.cells.filter(({ state }) => state !== "fresh").length;
  const lack =
    without === 0
      ? ""
      : ` ${without} ${without === 1 ? "cell has" : "cells have"} no result of today, and the page says so.`;
  notices.say(`Exported ${name}.${lack}`);
}
