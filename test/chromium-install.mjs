// Finds Chromium for the browser's tests, or installs it where it may: as root, on Debian.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
if (!places.some((place) => place !== undefined && place !== "" && existsSync(place))) install();

function install() {
  const debian = existsSync("/etc/debian_version");
  if (!debian || process.getuid?.() !== 0) {
    process.stderr.write(
      "No Chromium here, and it can't be installed (not root on Debian): the browser's tests will be skipped.\n",
    );
    return;
  }
  process.stderr.write("Installing Chromium for the browser's tests …\n");
  const apt = (...args) =>
    spawnSync("apt-get", args, {
      stdio: ["ignore", "ignore", 2],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  apt("update");
  if (apt("install", "-y", "--no-install-recommends", "chromium").status !== 0) {
    process.stderr.write("Chromium could not be installed: the browser's tests will be skipped.\n");
  }
}
