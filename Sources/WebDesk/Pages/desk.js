// Makes the pages more comfortable. Every page works without it.

// Uploads a dropped file like a chosen one. Does not send a file that is too large.
for (const form of document.querySelectorAll("[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const trouble = form.querySelector("[data-trouble]");
  const isTooLarge = () => input.files.length > 0 && input.files[0].size > Number(form.dataset.limit);
  const look = () => {
    trouble.hidden = !isTooLarge();
    trouble.textContent = isTooLarge() ? form.dataset.tooLarge : "";
  };
  input.addEventListener("change", look);
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    look();
    if (!isTooLarge()) form.requestSubmit();
  });
  // A browser does not send a file that was changed after it was chosen: it shows an error page of its own. So reads
  // the file first.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isTooLarge() || input.files.length === 0) return;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await input.files[0].slice(0, 1).arrayBuffer();
    } catch {
      input.value = "";
      button.disabled = false;
      trouble.textContent = form.dataset.changed;
      trouble.hidden = false;
      return;
    }
    button.textContent = form.dataset.busy;
    form.submit();
  });
}

// Ignores a second click on a form that was sent. (The server ignores it as well.)
for (const form of document.querySelectorAll("[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) setTimeout(() => { button.disabled = true; });
  });
}

// After “Back”, reload the page: its buttons may be disabled.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// Shows the progress of a run. If the connection is lost, the page says so, and the browser reconnects by itself.
for (const live of document.querySelectorAll("[data-live]")) {
  const events = new EventSource(live.dataset.live);
  const lost = document.querySelector("[data-lost]");
  events.addEventListener("open", () => { lost.hidden = true; });
  events.addEventListener("proof", (event) => {
    // Do not replace the figures while a keyboard user has the focus inside them.
    if (!live.contains(document.activeElement)) live.innerHTML = event.data;
  });
  events.addEventListener("ended", () => { events.close(); location.reload(); });
  // If the session is over or a stream limit is reached, reload the page, or it would show old figures.
  // Wait first: an immediate request would be refused again.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
    else lost.hidden = false;
  });
}
