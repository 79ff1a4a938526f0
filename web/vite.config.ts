import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2022",
    // The content policy takes fonts from files alone.
    assetsInlineLimit: 0,
    // The chart library is large and comes by itself, when the first chart is drawn.
    chunkSizeWarningLimit: 1_000,
  },
});
