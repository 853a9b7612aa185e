// Stands in for react-style-singleton: the page's policy lets no script write a style sheet, and dialogs work without it.
export const stylesheetSingleton = () => ({ add() {}, remove() {} });
export const styleHookSingleton = () => () => {};
export const styleSingleton = () => () => null;
