// The value of a store, in a component that is drawn anew when it changes.
import { useSyncExternalStore } from "react";

export const useStore = ({ watch, get }) => useSyncExternalStore(watch, get);
