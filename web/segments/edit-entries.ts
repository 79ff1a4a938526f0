import { html } from "lit";
import "./builder/builder.ts";
import "./name-field.ts";
import type { SegmentAt, SegmentEntry } from "./segment-at.ts";
import { deletion, duplication, movement, namedElsewhere, nameFault, renaming } from "./segment-edits.ts";

const isRule = ({ role, session }: SegmentAt) => role === "segment" && !session.file.readOnly;

/** The rule as groups of conditions, below its segment. */
export const editRule: SegmentEntry = {
  id: "rule",
  label: "Edit rule",
  fits: ({ role }) => role === "segment",
  panel: ({ session, cell, segment }, { close }) => {
    const rule = { name: segment, path: ["segments", segment] };
    return html`<seg-rule-builder .session=${session} .cell=${cell} .rule=${rule} @close=${close}></seg-rule-builder>`;
  },
};

export const rename: SegmentEntry = {
  id: "rename",
  label: "Rename…",
  apart: true,
  fits: isRule,
  panel: (at, { make, close }) => {
    const elsewhere = namedElsewhere(at);
    const left =
      elsewhere.length === 0 ? "" : ` The texts of ${elsewhere.join(", ")} name it too and stay as they are.`;
    return html`<seg-segment-name
      label=${`New name of ${at.segment}`}
      .value=${at.segment}
      about=${`Rules of this notebook that name it are changed along.${left}`}
      .fault=${(name: string) => nameFault(at, name)}
      @name=${(event: CustomEvent<{ name: string }>) => {
        close();
        if (event.detail.name !== at.segment) make(renaming(at, event.detail.name));
      }}
      @leave=${close}
    ></seg-segment-name>`;
  },
};

export const duplicate: SegmentEntry = {
  id: "duplicate",
  label: "Duplicate",
  fits: isRule,
  act: (at, { make, open }) => {
    const change = duplication(at);
    make(change);
    open("rule", change.name);
  },
};

export const moveUp: SegmentEntry = {
  id: "up",
  label: "Move up",
  fits: (at) => isRule(at) && at.names.indexOf(at.segment) > 0,
  act: (at, { make }) => make(movement(at, "up")),
};

export const moveDown: SegmentEntry = {
  id: "down",
  label: "Move down",
  fits: (at) => isRule(at) && at.names.indexOf(at.segment) < at.names.length - 1,
  act: (at, { make }) => make(movement(at, "down")),
};

export const remove: SegmentEntry = {
  id: "delete",
  label: "Delete",
  apart: true,
  fits: (at) => isRule(at) && at.names.length > 1,
  act: (at, { make }) => make(deletion(at)),
};
