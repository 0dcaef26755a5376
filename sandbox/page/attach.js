// Sending a photo or a file, with a caption.

import { say } from "./actions.js";
import { attempt, openDialog } from "./dialogs.js";
import { h, iconButton } from "./dom.js";
import { draftOf, dropDraft } from "./drafts.js";
import { icon } from "./icons.js";
import { t } from "./language.js";
import { fileSize } from "./media.js";
import { store } from "./store.js";

const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

const input = h("input", { type: "file", class: "unseen", testid: "attach-input", tabindex: "-1", "aria-hidden": "true" });
input.addEventListener("change", () => {
  if (input.files.length) offerFile(input.files[0]);
  input.value = "";
});
document.body.append(input);

export const attachButton = () => iconButton(t("attach"), icon("attach"), { testid: "attach", onclick: () => input.click() });

/** Shows a chosen, pasted or dropped file before it is sent. */
export function offerFile(file) {
  const picture = PICTURES.includes(file.type);
  const address = picture ? URL.createObjectURL(file) : null;
  const caption = h("textarea", { rows: "2", placeholder: t("caption"), "aria-label": t("caption"), testid: "caption", dir: "auto", maxlength: "1024" });
  caption.value = draftOf(store.open).text;
  const asFile = h("input", { type: "checkbox", testid: "as-file" });
  const sendButton = h("button", { type: "button", class: "primary", testid: "send-file", onclick: send }, t("send"));
  const dialog = openDialog(
    t(picture ? "send_photo" : "send_file"),
    [
      picture
        ? h("img", { class: "preview", src: address, alt: file.name })
        : h("div", { class: "file" }, h("span", { class: "file-icon" }, icon("file")), h("span", { class: "file-text" }, h("span", { class: "file-name" }, file.name), h("span", { class: "faint" }, fileSize(file.size)))),
      picture && h("label", { class: "check" }, asFile, t("as_file")),
      caption,
      h("div", { class: "actions" }, sendButton),
    ],
    { onclose: () => address && URL.revokeObjectURL(address), testid: "attach-dialog" },
  );
  caption.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  caption.focus();

  async function send() {
    sendButton.disabled = true;
    const kind = picture && !asFile.checked ? "photo" : "document";
    const reply = draftOf(store.open).reply?.message_id;
    const sent = await attempt(say({ file, kind, caption: caption.value.trim(), reply }).then(() => true));
    sendButton.disabled = false;
    if (!sent) return;
    dropDraft(store.open);
    dialog.close();
  }
}

/** Lets files be dropped onto a place. */
export function takeDrops(place) {
  const over = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.toggle("dropping", event.type === "dragover");
  };
  place.addEventListener("dragover", over);
  place.addEventListener("dragleave", over);
  place.addEventListener("drop", (event) => {
    over(event);
    if (event.dataTransfer?.files.length) offerFile(event.dataTransfer.files[0]);
  });
}
