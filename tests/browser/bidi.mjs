// Playwright tells every new page which colour scheme to prefer, by a WebDriver BiDi command that Firefox 153 ESR does
// not know yet, and gives up on the answer "unknown command". Here the answer is given in Firefox's place.
// To be removed once Debian's Firefox knows the command.

const UNKNOWN_TO_FIREFOX = "emulation.setMediaFeaturesOverride";

/** Commands are sent by Playwright's own objects in this process; there is no public way to reach them. */
export function answerForFirefox(browser) {
  const { _browserSession: session } = browser._connection.toImpl(browser);
  const sessions = Object.getPrototypeOf(session);
  const { send } = sessions;
  sessions.send = function (command, parameters) {
    return command === UNKNOWN_TO_FIREFOX ? Promise.resolve({}) : send.call(this, command, parameters);
  };
}
