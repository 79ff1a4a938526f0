import { html, type ReactiveControllerHost } from "lit";
import "../cells/features/picker.ts";
import "../notebook/conflict.ts";
import "../parts/palette.ts";
import "../parts/toast.ts";
import "../segments/portable.ts";
import type { PortableAsked } from "../segments/portable.ts";
import "../segments/refresh.ts";
import type { Session } from "../state/session.ts";
import type { Workbench } from "../state/workbench.ts";
import { type Action, actionsOf } from "./actions.ts";
import type { CellCommands } from "./cell-commands.ts";
import { kindActions, placeWords } from "./edit-actions.ts";
import "./help.ts";
import "./new-notebook.ts";

/** What can lie over the page; one at a time. */
export type Shown =
  | "palette"
  | "kinds"
  | "features"
  | "help"
  | "new-notebook"
  | "conflict"
  | "refresh"
  | "portable"
  | "left"
  | "right"
  | null;

/** What an overlay needs of the page that it lies over. */
export interface Page {
  readonly bench: Workbench;
  readonly session: Session | null;
  readonly commands: CellCommands;
  toggleGraph(): void;
}

/** The palette, the dialogs and the notices over the page, and which of them is shown. */
export class Over {
  #shown: Shown = null;
  #actions: Action[] = [];
  /** What the palette asks; empty where it finds anything. */
  #asked = "";
  /** The cell that ready features go to. */
  #featuresOf: string | null = null;
  #ported: PortableAsked | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly page: () => Page,
  ) {}

  get shown(): Shown {
    return this.#shown;
  }

  show(shown: Shown): void {
    if (shown === "palette") void this.#gather();
    this.#shown = shown;
    this.host.requestUpdate();
  }

  /** Closes what is shown, if it is that. */
  close(which: Shown): void {
    if (this.#shown === which) this.show(null);
  }

  /** The palette with the kinds of cells alone. */
  askKind(after: string | null): void {
    if (this.page().session === null) return;
    this.#actions = kindActions(after, this.#hands);
    this.#asked = `Add a cell ${placeWords(after)}: of which kind?`;
    this.show("kinds");
  }

  askFeatures(cell: string): void {
    this.#featuresOf = cell;
    this.show("features");
  }

  askPortable(asked: PortableAsked): void {
    this.#ported = asked;
    this.show("portable");
  }

  view() {
    const { bench, session, commands } = this.page();
    const shown = this.#shown;
    return html`<seg-palette
        .open=${shown === "palette" || shown === "kinds"}
        .items=${this.#actions}
        .asked=${shown === "kinds" ? this.#asked : ""}
        @pick=${this.#picked}
        @close=${() => {
          this.close("palette");
          this.close("kinds");
        }}
      ></seg-palette>
      <seg-feature-picker
        .session=${session}
        .cell=${shown === "features" ? this.#featuresOf : null}
        @change-text=${commands.changeAsked}
        @close=${() => this.close("features")}
      ></seg-feature-picker>
      <seg-help .open=${shown === "help"} @close=${() => this.close("help")}></seg-help>
      <seg-new-notebook
        .bench=${bench}
        .open=${shown === "new-notebook"}
        @close=${() => this.close("new-notebook")}
      ></seg-new-notebook>
      <seg-refresh
        .session=${session}
        .api=${bench.api}
        .stream=${bench.stream}
        .open=${shown === "refresh"}
        @close=${() => this.close("refresh")}
      ></seg-refresh>
      <seg-portable
        .session=${session}
        .asked=${shown === "portable" ? this.#ported : null}
        @make-change=${commands.makeAsked}
        @close=${() => this.close("portable")}
      ></seg-portable>
      <seg-conflict
        .file=${session?.file ?? null}
        .open=${shown === "conflict"}
        @close=${() => this.close("conflict")}
      ></seg-conflict>
      ${this.#notices(bench)}`;
  }

  #notices({ notices }: Workbench) {
    return html`<seg-toast
      .toasts=${notices.shown.map(({ id, text, tone, action }) => ({
        id,
        message: text,
        tone,
        ...(action === null ? {} : { action: action.label }),
      }))}
      @act=${(event: CustomEvent<{ id: string }>) => notices.act(event.detail.id)}
      @dismiss=${(event: CustomEvent<{ id: string }>) => notices.dismiss(event.detail.id)}
    ></seg-toast>`;
  }

  /** What the palette finds. What other notebooks have comes after, where no page has asked for it yet. */
  async #gather(): Promise<void> {
    const { bench } = this.page();
    const gather = () => {
      this.#actions = actionsOf(bench, this.page().session, this.#hands);
    };
    gather();
    const notebooks = bench.workspace?.notebooks ?? [];
    if (bench.overview.loading || bench.overview.holds(notebooks)) return;
    await bench.overview.load(notebooks);
    if (this.#shown !== "palette") return;
    gather();
    this.host.requestUpdate();
  }

  readonly #picked = (event: CustomEvent<{ id: string }>): void => {
    this.show(null);
    this.#actions.find((action) => action.id === event.detail.id)?.act();
  };

  get #hands() {
    const { commands, toggleGraph } = this.page();
    return {
      ...commands.hands,
      addFeatures: (cell: string) => this.askFeatures(cell),
      showHelp: () => this.show("help"),
      showRefresh: () => this.show("refresh"),
      port: (asked: PortableAsked) => this.askPortable(asked),
      showGraph: toggleGraph,
      newNotebook: () => this.show("new-notebook"),
    };
  }
}
