// How wide an element is, as often as that changes.
import { useCallback, useRef, useState } from "react";

export function useWidth() {
  const [width, setWidth] = useState(0);
  const observer = useRef(null);
  const element = useCallback((node) => {
    observer.current?.disconnect();
    if (!node) return;
    observer.current = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
    observer.current.observe(node);
  }, []);
  return [element, width];
}
