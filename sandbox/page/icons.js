// Line icons on a 24 × 24 grid, drawn for this page.

const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-5 16-3.5-6.5L4 12zM11.5 13.5L20 4",
  check: "M4.5 12.5l5 5 10-11",
  attach: "M20 11.5l-8 8a5 5 0 01-7-7l8.5-8.5a3.4 3.4 0 014.8 4.8L9.8 17.3a1.7 1.7 0 01-2.4-2.4l7.6-7.6",
  menu: "M4 7h16M4 12h16M4 17h10",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 6l-6 6 6 6M4.5 12H14a6 6 0 016 6v1",
  edit: "M4 20l1-4L16 5l3 3L8 19l-4 1zM14 7l3 3",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  forward: "M14 6l6 6-6 6M19.5 12H10a6 6 0 00-6 6v1",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  clock: "M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17zM12 7.5V12l3 2",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  people: "M9 11.5a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM3 19c.4-3.3 2.8-5 6-5s5.6 1.7 6 5M15.5 5.5a3 3 0 010 5.6M17.5 14.3c2 .6 3.2 2.2 3.5 4.7",
  person: "M12 11.5a3.7 3.7 0 100-7.4 3.7 3.7 0 000 7.4zM5 20c.5-3.8 3.2-5.7 7-5.7s6.5 1.9 7 5.7",
  globe: "M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  plus: "M12 5v14M5 12h14",
  down: "M6 9.5l6 6 6-6",
  keyboard: "M3.5 6.5h17v11h-17zM7 10v.01M10.3 10v.01M13.7 10v.01M17 10v.01M8 14h8",
  tools: "M8 8l-4.5 4L8 16M16 8l4.5 4L16 16M13.5 5.5l-3 13",
  link: "M8 16L17 7M9.5 7H17v7.5",
  eye: "M12 4.5c-5 0-8 4-9 7.5 1 3.5 4 7.5 9 7.5s8-4 9-7.5c-1-3.5-4-7.5-9-7.5z",
  pin: "M9 3.5h6l-1 7 3.5 3.5h-11L10 10.5zM12 14v6.5",
  muted: "M7 9.5a5 5 0 016.5-4.8M17 11v2.5l1.8 3H7.5M7 11.5v2L5.2 16.5M10 19.5h4M4.5 4.5l15 15",
  bulb: "M9.5 17.5h5M10 20.5h4M8.7 14.5a5.5 5.5 0 116.6 0c-.5.5-.8 1.5-.8 3h-5c0-1.5-.3-2.5-.8-3z",
  mask: "M4 10c2-1 4-1.5 8-1.5s6 .5 8 1.5M7 9l1.2-4.5h7.6L17 9M7.8 17.5a2.6 2.6 0 100-5.2 2.6 2.6 0 000 5.2zM16.2 17.5a2.6 2.6 0 100-5.2 2.6 2.6 0 000 5.2zM10.4 14.5c1-.6 2.2-.6 3.2 0",
};

const NAMESPACE = "http://www.w3.org/2000/svg";

/** An icon as an SVG element in the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS(NAMESPACE, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", name === "more" ? "icon dots" : "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NAMESPACE, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
