// fflate as the bundle knows it: it compresses a large file in a worker, which the policy of a page forbids; here it all happens in the page.
import { strToU8, zipSync } from "./node_modules/fflate/esm/browser.js";

export { strToU8, zipSync };
export const zip = (files, done) => done(null, zipSync(files));
