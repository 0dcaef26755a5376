// Photos and files inside messages, and the photo on the whole screen.

import { fileAddress } from "./api.js";
import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./language.js";

const WIDEST = 400;
const TALLEST = 420;
const NARROWEST = 140;

/** A photo with its place kept free from the start, so that nothing jumps when it has loaded. */
export function photo(message) {
  const sizes = message.photo;
  const largest = sizes.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best));
  const scale = Math.min(1, WIDEST / largest.width, TALLEST / largest.height);
  const width = Math.max(NARROWEST, Math.round(largest.width * scale));
  const address = fileAddress(largest.file_id);
  const alt = message.caption ?? t("photo");
  const image = h("img", { src: address, alt, width: largest.width, height: largest.height, decoding: "async" });
  return h(
    "button",
    {
      type: "button", class: `photo ${message.has_media_spoiler ? "veiled" : ""}`, "aria-label": t("open_photo"),
      style: { width: `${width}px`, "aspect-ratio": `${largest.width} / ${largest.height}` },
      onclick: (event) => {
        const veiled = event.currentTarget.classList.contains("veiled");
        if (veiled) event.currentTarget.classList.remove("veiled");
        else enlarge(address, alt);
      },
    },
    image,
  );
}

function enlarge(address, caption) {
  const dialog = openDialog(t("photo"), h("img", { src: address, alt: caption }), { kind: "light", testid: "lightbox" });
  dialog.querySelector(".dialog-body").addEventListener("click", () => dialog.close());
}

const UNITS = ["B", "KB", "MB", "GB"];

export function fileSize(bytes = 0) {
  const step = bytes ? Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10)) : 0;
  const value = bytes / 1024 ** step;
  return `${step && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[step]}`;
}

/** A file as a line that downloads it. */
export function file({ document }) {
  const name = document.file_name ?? t("file");
  return h(
    "a",
    { class: "file", href: fileAddress(document.file_id), download: name },
    h("span", { class: "file-icon" }, icon("file")),
    h("span", { class: "file-text" }, h("span", { class: "file-name" }, name), h("span", { class: "faint" }, fileSize(document.file_size))),
  );
}
