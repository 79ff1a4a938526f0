import { css } from "lit";

/** A list that opens beside a button or a field: the frame, and what can be chosen in it. */
export const popupStyle = css`
  .popup {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 4px;
    max-width: calc(100vw - 16px);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--card);
    color: var(--ink);
    font: var(--size-2) / 1.5 var(--font);
    box-shadow: var(--shadow), 0 10px 34px rgb(0 0 0 / 0.14);
  }
  .choice {
    display: flex;
    justify-content: space-between;
    gap: var(--gap-4);
    border-radius: 5px;
    cursor: pointer;
  }
`;

/** Shows a popover below what it belongs to, or above it where there is no room. */
export function showBeside(popup: HTMLElement, anchor: HTMLElement): void {
  if (!popup.matches(":popover-open")) popup.showPopover();
  const from = anchor.getBoundingClientRect();
  const { height, width } = popup.getBoundingClientRect();
  const isBelow = from.bottom + 4 + height <= innerHeight;
  popup.style.top = `${isBelow ? from.bottom + 4 : Math.max(8, from.top - 4 - height)}px`;
  popup.style.left = `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`;
}
