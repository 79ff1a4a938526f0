import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** What a browser may do with our replies: run our own scripts, load nothing from elsewhere, be framed by nobody. */
export function ourHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // Elements, the editor and the charts set styles of their own at run time.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:", "blob:"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
    xFrameOptions: "DENY",
    referrerPolicy: "no-referrer",
    // We serve plain HTTP; a promise of HTTPS would lock the browser out.
    strictTransportSecurity: false,
  });
}
