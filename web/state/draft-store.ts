import type { DraftStore } from "./drafts.ts";

const NAME = "segbook";
const DRAFTS = "drafts";

/**
 * Drafts in the browser's database. It writes when it is told to; what is in the local storage is written seconds later,
 * and lost with a browser that is killed before.
 */
export function draftStore(): DraftStore {
  let opened: Promise<IDBDatabase> | null = null;
  const database = () => {
    opened ??= open();
    return opened;
  };
  return {
    async all() {
      const store = (await database()).transaction(DRAFTS).objectStore(DRAFTS);
      const [keys, drafts] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      return keys.map((key, place) => [String(key), drafts[place]] as const);
    },
    async put(key, draft) {
      await write(await database(), (store) => store.put(draft, key));
    },
    async delete(key) {
      await write(await database(), (store) => store.delete(key));
    },
  };
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(DRAFTS);
  return done(request);
}

function write(database: IDBDatabase, act: (store: IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(DRAFTS, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    act(transaction.objectStore(DRAFTS));
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
