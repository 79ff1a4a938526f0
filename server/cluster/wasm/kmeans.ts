// AssemblyScript: the kernel of `server/cluster/hamerly.ts`, which says what it computes; its twin is `kmeans-plain.ts`.
export { assign } from "./kmeans/assigning";
export { addInertia, inertia } from "./kmeans/inertia";
export { centresAt, labelsAt, placeOf, reserve, rowStride, weightsAt } from "./kmeans/layout";
export { move } from "./kmeans/moving";
export { begin, placed } from "./kmeans/rough";
