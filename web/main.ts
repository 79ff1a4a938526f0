import "./shell/workbench.ts";
