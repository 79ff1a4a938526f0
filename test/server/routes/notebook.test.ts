import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { NotebookView } from "../../../server/run/view.ts";
import { type App, appFor, call, codeOf, FIRST, workspaceFolder } from "./workspace-folder.ts";

let root: string;
let app: App;
beforeAll(() => {
  root = workspaceFolder({
    "notebooks/deep/er/second.md": FIRST,
    "notebooks/.hidden.md": FIRST,
    "notebooks/newer.md": FIRST.replace("segbook: 1", "segbook: 2"),
    "notebooks/latin.md": new Uint8Array([0x66, 0xfc, 0x72]),
    "notebooks/plain.txt": "x",
    "secret.md": "secret",
    "data/secret.md": "secret",
    "notebooks-secret/x.md": "secret",
  });
  mkdirSync(join(root, "outside"));
  symlinkSync(join(root, "secret.md"), join(root, "notebooks/out.md"));
  symlinkSync(join(root, "data"), join(root, "notebooks/data"));
  symlinkSync("first.md", join(root, "notebooks/alias.md"));
  symlinkSync("/dev/zero", join(root, "notebooks/endless.md"));
  app = appFor(root);
});

const at = (path: string) => `/api/notebook?${new URLSearchParams({ path })}`;
const read = async (path: string) => (await (await call(app, "GET", at(path))).json()) as NotebookView;
const save = (path: string, text: string, etag: string | null) =>
  call(app, "PUT", at(path), { json: { text }, headers: { "If-Match": etag } });
const content = (path: string) => readFileSync(join(root, path), "utf8");

describe("reading a notebook", () => {
  test("gives its text, its blocks and a tag of its content", async () => {
    const response = await call(app, "GET", at("notebooks/first.md"));
    const view = (await response.json()) as NotebookView;
    expect(view).toMatchObject({ path: "notebooks/first.md", title: "First", text: FIRST, readOnly: false });
    expect(view.blocks.map(({ type }) => type)).toEqual(["head", "prose", "cell"]);
    expect(response.headers.get("ETag")).toBe(view.etag);
    expect(view.etag).toMatch(/^"[\w-]{32}"$/);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });

  test("works in a folder and through a link that stays inside", async () => {
    expect((await read("notebooks/deep/er/second.md")).text).toBe(FIRST);
    expect((await read("notebooks/alias.md")).text).toBe(FIRST);
  });

  test.each([
    ["one that is not there", "notebooks/none.md", 404, "notebook-missing"],
    ["a folder that is not there", "notebooks/none/none.md", 404, "notebook-missing"],
    ["a path upwards", "notebooks/../secret.md", 400, "bad-path"],
    ["a path upwards that is encoded twice", "notebooks/%2e%2e/secret.md", 404, "notebook-missing"],
    ["an absolute path", "/etc/passwd", 400, "bad-path"],
    ["a file outside notebooks", "secret.md", 400, "bad-path"],
    ["a sibling whose name begins alike", "notebooks-secret/x.md", 400, "bad-path"],
    ["a file that is no notebook", "notebooks/plain.txt", 400, "bad-path"],
    ["a NUL", "notebooks/first.md\0.md", 400, "bad-path"],
    ["CR and LF", "notebooks/a\r\nb.md", 400, "bad-path"],
    ["a mark that turns the text's direction", "notebooks/a\u202eb.md", 400, "bad-path"],
    ["backslashes", "notebooks\\..\\secret.md", 400, "bad-path"],
    ["an empty name", "notebooks//first.md", 400, "bad-path"],
    ["a dot", "notebooks/./first.md", 400, "bad-path"],
    ["a hidden file", "notebooks/.hidden.md", 400, "bad-path"],
    ["ten thousand letters", `notebooks/${"a".repeat(10_000)}.md`, 400, "bad-path"],
    ["a link that leads out", "notebooks/out.md", 400, "bad-path"],
    ["a linked folder that leads out", "notebooks/data/secret.md", 400, "bad-path"],
    ["a device", "notebooks/endless.md", 400, "bad-path"],
    ["bytes that are no UTF-8", "notebooks/latin.md", 422, "not-utf8"],
    ["nothing", "", 400, "bad-path"],
  ])("is refused for %s", async (_what, path, status, code) => {
    for (const method of ["GET", "PUT"]) {
      const options = method === "PUT" ? { json: { text: "x" }, headers: { "If-Match": '"x"' } } : {};
      const response = await call(app, method, at(path), options);
      // A save over what is not there is stale, not wrong.
      if (method === "PUT" && status === 404) expect(response.status).toBe(412);
      else expect({ status: response.status, code: await codeOf(response) }).toEqual({ status, code });
    }
  });

  test("needs a path", async () => {
    const response = await call(app, "GET", "/api/notebook");
    expect(response.status).toBe(400);
    expect(await codeOf(response)).toBe("bad-request");
  });
});

describe("saving a notebook", () => {
  test("puts the text on the disk, byte for byte, and gives the new tag", async () => {
    const { etag } = await read("notebooks/first.md");
    const text = "\uFEFF---\r\nsegbook: 1\r\n---\r\n# Grüße 😀";
    const response = await save("notebooks/first.md", text, etag);
    expect(response.status).toBe(200);
    const view = (await response.json()) as NotebookView;
    expect(view.etag).not.toBe(etag);
    expect(view.etag).toBe((await read("notebooks/first.md")).etag);
    expect(readFileSync(join(root, "notebooks/first.md"))).toEqual(Buffer.from(text));
    await save("notebooks/first.md", FIRST, view.etag);
    expect((await read("notebooks/first.md")).etag).toBe(etag);
  });

  test("leaves no other file behind and keeps the file's mode", async () => {
    const { mode } = statSync(join(root, "notebooks/first.md"));
    await save("notebooks/first.md", `${FIRST}x`, (await read("notebooks/first.md")).etag);
    await save("notebooks/first.md", FIRST, (await read("notebooks/first.md")).etag);
    expect(readdirSync(join(root, "notebooks")).filter((name) => name.includes("segbook-save"))).toEqual([]);
    expect(statSync(join(root, "notebooks/first.md")).mode).toBe(mode);
  });

  test("needs the name of what was edited", async () => {
    for (const etag of [null, "*", ""]) {
      const response = await save("notebooks/first.md", "x", etag);
      expect(response.status).toBe(428);
      expect(await codeOf(response)).toBe("edit-unnamed");
    }
    expect(content("notebooks/first.md")).toBe(FIRST);
  });

  test("over what somebody else wrote meanwhile is refused, and gives theirs", async () => {
    const { etag } = await read("notebooks/deep/er/second.md");
    writeFileSync(join(root, "notebooks/deep/er/second.md"), "theirs");
    const response = await save("notebooks/deep/er/second.md", "mine", etag);
    expect(response.status).toBe(412);
    const body = (await response.json()) as { problem: { code: string }; current: NotebookView };
    expect(body.problem.code).toBe("notebook-changed");
    expect(body.current.text).toBe("theirs");
    expect(content("notebooks/deep/er/second.md")).toBe("theirs");
    expect((await save("notebooks/deep/er/second.md", FIRST, body.current.etag)).status).toBe(200);
  });

  test("over a file that is gone is refused and brings nothing back", async () => {
    const response = await save("notebooks/none.md", "mine", '"x"');
    expect(response.status).toBe(412);
    expect(await response.json()).toMatchObject({ problem: { code: "notebook-gone" }, current: null });
    expect(existsSync(join(root, "notebooks/none.md"))).toBe(false);
  });

  test("by two at once lets one through and shows it to the other", async () => {
    const { etag } = await read("notebooks/first.md");
    const texts = Array.from({ length: 8 }, (_, index) => `${FIRST}${index}`);
    const replies = await Promise.all(texts.map((text) => save("notebooks/first.md", text, etag)));
    const saved = replies.filter(({ status }) => status === 200);
    expect(saved).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 412)).toHaveLength(7);
    const winner = (await saved[0]?.json()) as NotebookView;
    expect(content("notebooks/first.md")).toBe(winner.text);
    for (const reply of replies.filter(({ status }) => status === 412)) {
      expect(((await reply.json()) as { current: NotebookView }).current.text).toBe(winner.text);
    }
    await save("notebooks/first.md", FIRST, winner.etag);
  });

  test("of a newer format is refused", async () => {
    const { etag, readOnly } = await read("notebooks/newer.md");
    expect(readOnly).toBe(true);
    const response = await save("notebooks/newer.md", "x", etag);
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe("read-only");
  });

  test("does not follow a link out, and writes through one that stays inside", async () => {
    expect((await save("notebooks/out.md", "mine", '"x"')).status).toBe(400);
    expect(content("secret.md")).toBe("secret");
    const { etag } = await read("notebooks/alias.md");
    expect((await save("notebooks/alias.md", `${FIRST}y`, etag)).status).toBe(200);
    expect(content("notebooks/first.md")).toBe(`${FIRST}y`);
    await save("notebooks/first.md", FIRST, (await read("notebooks/first.md")).etag);
  });

  test("leaves a file of two names whole under the other", async () => {
    linkSync(join(root, "notebooks/first.md"), join(root, "outside/copy.md"));
    const { etag } = await read("notebooks/first.md");
    const response = await save("notebooks/first.md", `${FIRST}z`, etag);
    expect(content("outside/copy.md")).toBe(FIRST);
    await save("notebooks/first.md", FIRST, ((await response.json()) as NotebookView).etag);
  });

  test.each([
    ["text that is no text", { text: 3 }, 400],
    ["no text", {}, 400],
    ["half a character", { text: "a\ud800" }, 422],
  ])("is refused for %s", async (_what, json, status) => {
    const { etag } = await read("notebooks/first.md");
    const response = await call(app, "PUT", at("notebooks/first.md"), { json, headers: { "If-Match": etag } });
    expect(response.status).toBe(status);
    expect(content("notebooks/first.md")).toBe(FIRST);
  });

  test.each([
    ["broken JSON", { "Content-Type": "application/json" }, "{"],
    ["plain text", { "Content-Type": "text/plain" }, '{"text":"x"}'],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }, "text=x"],
  ])("is refused for %s", async (_what, headers, body) => {
    const { etag } = await read("notebooks/first.md");
    const response = await call(app, "PUT", at("notebooks/first.md"), {
      body,
      headers: { ...headers, "If-Match": etag },
    });
    expect(response.status).toBe(400);
    expect(await codeOf(response)).toBe("bad-request");
    expect(content("notebooks/first.md")).toBe(FIRST);
  });

  test("is refused beyond the largest size, said or not", async () => {
    const { etag } = await read("notebooks/first.md");
    const large = "x".repeat(9 * 1024 * 1024);
    expect((await save("notebooks/first.md", large, etag)).status).toBe(413);
    const larger = await save("notebooks/first.md", large + large, etag);
    expect(larger.status).toBe(413);
    expect(await codeOf(larger)).toBe("body-too-large");
    expect(content("notebooks/first.md")).toBe(FIRST);
  });
});

describe("creating a notebook", () => {
  const create = (json: unknown) => call(app, "POST", "/api/notebooks", { json });

  test("writes a head with its title", async () => {
    const response = await create({ name: "Spring: sale" });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      path: "notebooks/Spring: sale.md",
      title: "Spring: sale",
      readOnly: false,
    });
    expect(content("notebooks/Spring: sale.md")).toBe("---\nsegbook: 1\ntitle: 'Spring: sale'\n---\n");
  });

  test("takes a text, a folder and a path", async () => {
    expect((await create({ name: "new/one.md", text: FIRST })).status).toBe(201);
    expect((await create({ name: "notebooks/new/two.md", text: FIRST })).status).toBe(201);
    expect(content("notebooks/new/one.md")).toBe(FIRST);
    expect(content("notebooks/new/two.md")).toBe(FIRST);
  });

  test("over one that exists is refused and leaves it", async () => {
    const response = await create({ name: "first", text: "mine" });
    expect(response.status).toBe(409);
    expect(await codeOf(response)).toBe("notebook-exists");
    expect(content("notebooks/first.md")).toBe(FIRST);
  });

  test("by two at once makes one", async () => {
    const replies = await Promise.all([1, 2, 3, 4].map((index) => create({ name: "race", text: String(index) })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  test.each(["", "../x", "a/../../x", "/x", ".x", "a\u0000", "data/x", "a\\b", "a\nb"])(
    "is refused for the name %j",
    async (name) => {
      expect((await create({ name })).status).toBe(400);
    },
  );

  test("makes no folder through a link that leads out", async () => {
    expect((await create({ name: "data/made/x" })).status).toBe(400);
    expect(existsSync(join(root, "data/made"))).toBe(false);
  });
});
