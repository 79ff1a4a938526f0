import { html, type TemplateResult } from "lit";
import type { BarState } from "../state-bar.ts";
import type { Toast } from "../toast.ts";
import type { Stage } from "./gallery.ts";
import { cellActions, palette } from "./texts.ts";

const STATES: BarState[] = ["fresh", "stale", "waiting", "running", "failed", "blocked", "cancelled", "unknown"];

const toasts: Toast[] = [
  { id: "deleted", message: "The cell “watch” is deleted.", action: "Undo", seconds: 600 },
  { id: "lost", message: "The kernel was lost. A new one runs.", tone: "failed" },
];

/** Buttons, pills, states, progress, inputs. */
export function controlView(stage: Stage): TemplateResult {
  return html`<div class="row">
      <seg-button kind="primary" keys="⇧⌘⏎">Run stale</seg-button>
      <seg-button>Share</seg-button>
      <seg-button kind="quiet">Fold</seg-button>
      <seg-button kind="danger">Delete</seg-button>
      <seg-button busy>Running</seg-button>
      <seg-button disabled>Save</seg-button>
      <seg-button .pressed=${true}>Pinned</seg-button>
      <seg-menu label="More" .items=${cellActions}></seg-menu>
      <seg-button id="open-dialog" @click=${() => stage.show("dialog")}>Open a dialog</seg-button>
      <seg-button id="open-drawer" @click=${() => stage.show("drawer")}>Open a drawer</seg-button>
      <seg-button id="open-palette" keys="⌘K" @click=${() => stage.show("palette")}>Find</seg-button>
      <seg-button id="toast" @click=${() => stage.toast()}>Say something</seg-button>
    </div>
    <div class="row">
      <seg-pill>updated 06:10</seg-pill><seg-pill tone="accent">lock holds</seg-pill><seg-pill tone="stale">2 stale</seg-pill
      ><seg-pill tone="failed">confirmed</seg-pill><seg-pill tone="running">running</seg-pill><seg-pill tone="down">▼ −25%</seg-pill>
    </div>
    <div class="bars">
      ${STATES.map((state) => html`<span><seg-state-bar .state=${state}></seg-state-bar>${state}</span>`)}
      <span><seg-state-bar state="running" .progress=${0.6}></seg-state-bar>60%</span>
    </div>
    <div>
      <seg-progress label="Running personas" detail="3 of 8 cells · 4.1 s" .value=${0.4} stop="Stop"></seg-progress>
      <seg-progress label="Reading orders"></seg-progress>
    </div>
    <div class="inputs">
      <seg-input id="date" type="date" label="As of" .value=${"2026-10-31"} .max=${"2026-12-31"}></seg-input>
      <seg-input type="timestamp" label="Until" .value=${"2026-10-31T18:00"}></seg-input>
      <seg-input id="slider" type="number" label="Minimum orders" .value=${4} .min=${1} .max=${12}></seg-input>
      <seg-input type="number" label="Weight" .value=${0.25} .min=${0}></seg-input>
      <seg-input type="text" label="Campaign" .value=${"spring"}></seg-input>
      <seg-input type="choice" label="Currency" .value=${"GBP"} .options=${["GBP", "EUR", "USD"]}></seg-input>
      <seg-input type="boolean" label="With tests" .value=${true}></seg-input>
    </div>`;
}

/** What lies over the page. */
export function overlayView(stage: Stage): TemplateResult {
  return html`<seg-dialog heading="This notebook was changed elsewhere" ?open=${stage.opened === "dialog"}>
      Somebody saved it at 14:02. Yours has one more rule; theirs has another title. Nothing is lost either way.
      <seg-button slot="action">Look at both</seg-button>
      <seg-button slot="action" kind="primary">Keep mine</seg-button>
    </seg-dialog>
    <seg-drawer heading="What this notebook knows" side="right" ?open=${stage.opened === "drawer"}>
      <seg-empty heading="No relations yet" text="Run a cell and what it yields stands here."></seg-empty>
    </seg-drawer>
    <seg-palette .items=${palette} ?open=${stage.opened === "palette"}></seg-palette>
    <seg-toast .toasts=${stage.toasts ? toasts : []}></seg-toast>`;
}
