import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { callProblem, refuse } from "./refuse.ts";

/** Lets in whoever has the token: in the address once, then in a cookie, or as a bearer. */
export function signIn({ token, port }: { token: string; port: number }): MiddlewareHandler {
  // Cookies know no ports: a name of its own keeps two servers on one machine apart.
  const cookie = `segbook_${port}`;
  return async (c, next) => {
    const offered = c.req.method === "GET" ? c.req.query("token") : undefined;
    if (offered !== undefined && same(offered, token)) {
      setCookie(c, cookie, token, { httpOnly: true, sameSite: "Strict", path: "/" });
      c.header("Cache-Control", "no-store");
      return c.redirect(withoutToken(c), 303);
    }
    const bearer = /^Bearer (.+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
    const given = bearer ?? getCookie(c, cookie);
    return given !== undefined && same(given, token) ? next() : turnAway(c);
  };
}

/** Compared by hash, so that the time it takes says nothing about the token. */
function same(given: string, token: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}

/** The page that was asked for, on this server whatever its path looks like. */
function withoutToken(c: Context): string {
  const url = new URL(c.req.url);
  url.searchParams.delete("token");
  return `/${url.pathname.replace(/^[/\\]+/, "")}${url.search}`;
}

function turnAway(c: Context): Response {
  c.header("Cache-Control", "no-store");
  const problem = callProblem(
    "not-signed-in",
    "This browser is not signed in to the workspace.",
    "Open the address with its token that `segbook serve` printed.",
  );
  if (!c.req.header("Accept")?.includes("text/html")) return refuse(c, problem, 401);
  // A link from another page comes without our cookie, even right after the token was accepted; asking again from here has it.
  const again = c.req.header("Sec-Fetch-Site") === "cross-site" ? '<meta http-equiv="refresh" content="0">' : "";
  return c.html(
    `<!doctype html><html lang="en"><head><meta charset="utf-8">${again}<title>Segbook</title></head>` +
      `<body><h1>Not signed in</h1><p>${problem.message} Open the address with its token that <code>segbook serve</code> printed.</p></body></html>`,
    401,
  );
}
