import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRoute, routeHref } from "../../../web/state/route.ts";

test("each page has its address", () => {
  expect(parseRoute({ pathname: "/", hash: "" })).toEqual({ page: "start" });
  expect(parseRoute({ pathname: "/monitor", hash: "" })).toEqual({ page: "monitor" });
  expect(parseRoute({ pathname: "/notebooks/first-segments.md", hash: "#personas" })).toEqual({
    page: "notebook",
    path: "notebooks/first-segments.md",
    cell: "personas",
  });
  expect(parseRoute({ pathname: "/elsewhere", hash: "" })).toEqual({ page: "nowhere", path: "/elsewhere" });
});

test("a watched series has its address, whatever the segment's name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (segment) => {
      const series = { cell: "watch", segment, metric: "click_rate" };
      const route = { page: "series", path: "notebooks/a.md", series } as const;
      const [pathname = "", hash = ""] = routeHref(route).split(/(?=#)/);
      expect(parseRoute({ pathname, hash })).toEqual(route);
    }),
  );
  expect(parseRoute({ pathname: "/monitor/notebooks/a.md", hash: "#watch.VIP" })).toMatchObject({ series: null });
});

test("an address that is not well-formed leads nowhere instead of failing", () => {
  expect(parseRoute({ pathname: "/notebooks/%E0%A4%A", hash: "" }).page).toBe("nowhere");
});

test("a notebook's address reads back to its path, whatever its name", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", minLength: 1 }).filter((name) => !name.includes("/")),
      (name) => {
        const route = { page: "notebook", path: `notebooks/${name}.md`, cell: null } as const;
        expect(parseRoute({ pathname: routeHref(route), hash: "" })).toEqual(route);
      },
    ),
  );
});

test("the address of segments reads back to their cells and names, whatever the names", () => {
  const segment = fc.record({
    cell: fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/),
    name: fc.string({ unit: "grapheme", minLength: 1 }),
  });
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 4 }), (segments) => {
      const route = { page: "segment", path: "notebooks/a b.md", segments } as const;
      const url = new URL(routeHref(route), "http://127.0.0.1");
      expect(parseRoute(url)).toEqual(route);
    }),
  );
});

test("the address of a comparison says with what, whatever the names", () => {
  const names = fc.string({ unit: "grapheme", minLength: 1 });
  const against = fc.oneof(
    fc.constant(null),
    fc.constant({ saved: true } as const),
    names.map((revision) => ({ revision })),
    names.map((path) => ({ path })),
  );
  fc.assert(
    fc.property(against, (other) => {
      const route = { page: "compare", path: "notebooks/a b/x.md", against: other } as const;
      const { pathname, hash } = new URL(routeHref(route), "http://localhost");
      expect(parseRoute({ pathname, hash })).toEqual(route);
    }),
  );
});
