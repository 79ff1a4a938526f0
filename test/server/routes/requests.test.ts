import { expect, test } from "vitest";
import { appFor, call, codeOf, workspaceFolder } from "./workspace-folder.ts";

const app = appFor(workspaceFolder());

test.each([
  ["POST", "/api/plan", { path: "notebooks/none.md" }, 404, "notebook-missing"],
  ["POST", "/api/plan", { path: "../x.md", text: "x" }, 400, "bad-path"],
  ["POST", "/api/plan", { text: "x" }, 400, "bad-request"],
  ["POST", "/api/plan", { path: "notebooks/first.md", set: { a: [1] } }, 400, "bad-request"],
  ["POST", "/api/runs", { path: "notebooks/none.md" }, 404, "notebook-missing"],
  ["POST", "/api/runs", { path: "notebooks/first.md", cells: "a" }, 400, "bad-request"],
  ["POST", "/api/runs", { path: "notebooks/first.md", recompute: "a" }, 400, "bad-request"],
  ["POST", "/api/runs", { path: "/etc/passwd" }, 400, "bad-path"],
] as const)("%s %s with %j is refused before anything runs", async (method, path, json, status, code) => {
  const response = await call(app, method, path, { json });
  expect({ status: response.status, code: await codeOf(response) }).toEqual({ status, code });
});

test.each([
  ["/api/result?path=notebooks/none.md&relation=a", 404, "notebook-missing"],
  ["/api/result?path=../x.md&relation=a", 400, "bad-path"],
  ["/api/result?path=notebooks/first.md", 400, "bad-request"],
  ["/api/result?path=notebooks/first.md&relation=a&limit=100000000", 400, "bad-request"],
  ["/api/result?path=notebooks/first.md&relation=a&offset=-1", 400, "bad-request"],
  ["/api/result?path=notebooks/first.md&relation=a&descending=perhaps", 400, "bad-request"],
  ["/api/result?path=notebooks/first.md&relation=a&where=%7B%22a%22%3A1%7D", 400, "bad-request"],
  ["/api/result?path=notebooks/first.md&relation=a&set=no", 400, "bad-request"],
  ["/api/result?path=notebooks/first.md&relation=a&set=%5B1%5D", 400, "bad-request"],
  ["/api/summary?path=notebooks/none.md&relation=a", 404, "notebook-missing"],
  ["/api/evidence?path=notebooks/none.md&cell=a&feature=b&person=1", 404, "notebook-missing"],
  ["/api/evidence?path=notebooks/first.md&cell=a&feature=b", 400, "bad-request"],
  ["/api/evidence?path=notebooks/first.md&cell=a&feature=b&person=1&limit=201", 400, "bad-request"],
  ["/api/without?path=notebooks/first.md&cell=a", 400, "bad-request"],
  ["/api/nothing", 404, "nothing-here"],
  ["/api", 404, "nothing-here"],
  ["/nothing", 404, "nothing-here"],
])("GET %s is answered with a problem", async (path, status, code) => {
  const response = await call(app, "GET", path);
  expect({ status: response.status, code: await codeOf(response) }).toEqual({ status, code });
});

test("a GET of a route that writes does nothing", async () => {
  for (const path of ["/api/notebooks", "/api/plan", "/api/runs", "/api/runs/x", "/api/runs/x/cells/y"]) {
    expect((await call(app, "GET", path)).status).toBe(404);
  }
});

test("cancelling a run that is not going on says so", async () => {
  expect(await (await call(app, "DELETE", "/api/runs/x")).json()).toEqual({ cancelled: false });
  expect(await (await call(app, "DELETE", "/api/runs/x/cells/y")).json()).toEqual({ cancelled: false });
});
