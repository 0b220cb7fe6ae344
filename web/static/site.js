// What a page does beyond plain HTML: liking without leaving it, and sharing.
"use strict";

(() => {
  const say = (text) => {
    const said = document.querySelector(".said");
    if (said) said.textContent = text;
  };

  const showLikes = (form, likes) => {
    form.querySelector(".like-count").textContent = String(likes);
    form.querySelector(".like-word").textContent = "已赞";
    form.querySelector("button").setAttribute("aria-pressed", "true");
  };

  const like = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.dataset.api, { method: "POST" });
      const body = await answer.json();
      if (answer.ok) {
        showLikes(form, body.likes);
        say("谢谢你的赞");
      } else {
        say(body.error.message);
      }
    } catch {
      say("没有连上，请稍后再试");
    } finally {
      button.disabled = false;
      button.focus();
    }
  };

  const share = async (event) => {
    const { title, path } = event.currentTarget.dataset;
    const url = new URL(path, location.href).href;
    try {
      if (navigator.share) {
        await navigator.share({ title, url });
      } else {
        await navigator.clipboard.writeText(url);
        say("链接已复制");
      }
    } catch (error) {
      if (error.name !== "AbortError") say(`没能分享，可以复制这个地址：${url}`);
    }
  };

  document.querySelector(".like")?.addEventListener("submit", like);

  const button = document.querySelector(".share");
  if (button && (navigator.share || navigator.clipboard)) {
    if (!navigator.share) button.textContent = "复制链接";
    button.hidden = false;
    button.addEventListener("click", share);
  }
})();
