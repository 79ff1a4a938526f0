// AssemblyScript: the kernel of `server/cluster/hamerly.ts`, which says what it computes; its twin is `kmeans-plain.ts`.
export { look } from "./kmeans/assigning";
export { beginFarthest, farthestRow, findFarthest, giveFarthest, isEmpty } from "./kmeans/farthest";
export { addInertia, inertia } from "./kmeans/inertia";
export { centresAt, labelsAt, placeOf, reserve, rowStride, wantedAt, weightsAt } from "./kmeans/layout";
export { move } from "./kmeans/moving";
export { begin, placed } from "./kmeans/rough";
export { settle } from "./kmeans/wanted";
