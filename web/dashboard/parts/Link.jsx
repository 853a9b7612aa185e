// A link within the page: it has an address of its own, so it can be opened beside, shared and gone back to.
export const Link = ({ to, children, ...more }) => (
  <a href={to} {...more}>
    {children}
  </a>
);

// A figure that leads to its rows.
export const Figure = ({ to, label, children }) => (
  <a className="figure" href={to} aria-label={label}>
    {children}
  </a>
);
