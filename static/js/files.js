/** Files from and to the learner's device. */
import { ApiError, Offline, send, token } from "./api.js";

/** Offer `blob` as a download. */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // a slow disk is still reading
}

/** Save what is at `path`. @param {string} path @param {string} name */
export async function download(path, name) {
  save(await (await send("GET", path)).blob(), name);
}

/**
 * Send a form with a file. `onProgress` gets 0 to 1; fetch cannot tell that.
 * @param {string} path @param {FormData} form @param {(share: number) => void} onProgress
 */
export async function upload(path, form, onProgress) {
  const bearer = await token();
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Authorization", `Bearer ${bearer}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onerror = () => fail(new Offline("the upload was cut"));
    request.onload = () => {
      let body = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // a proxy in its own words: the status says what there is to say
      }
      if (request.status < 300) done(body);
      else fail(new ApiError(request.status, body));
    };
    request.send(form);
  });
}
