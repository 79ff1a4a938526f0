const SETTLES_WITHIN = 3_000;
const TURNS_AWAY = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/** Keeps an element in sight while what stands above it is still growing, until the reader turns elsewhere. */
export class Stay {
  #end: (() => void) | null = null;

  constructor(private readonly page: HTMLElement) {}

  on(element: HTMLElement, block: "start" | "nearest"): void {
    this.#end?.();
    const show = () => element.scrollIntoView({ block });
    const sizes = new ResizeObserver(show);
    const end = () => {
      sizes.disconnect();
      clearTimeout(timer);
      for (const type of TURNS_AWAY) removeEventListener(type, end, true);
    };
    const timer = setTimeout(end, SETTLES_WITHIN);
    for (const type of TURNS_AWAY) addEventListener(type, end, true);
    show();
    sizes.observe(this.page);
    this.#end = end;
  }
}
