/**
 * Does something at once, or where a pointer is pressed, after it was let go and its click was heard: what moves under a
 * pressed pointer is not clicked.
 */
export function afterPress(act: () => void): void {
  if (!document.documentElement.matches(":active")) {
    act();
    return;
  }
  const done = () => {
    removeEventListener("pointerup", done, true);
    removeEventListener("pointercancel", done, true);
    // The click follows the pointer's event within the same task.
    setTimeout(act);
  };
  addEventListener("pointerup", done, true);
  addEventListener("pointercancel", done, true);
}
