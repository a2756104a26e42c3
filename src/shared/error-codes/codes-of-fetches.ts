import type { CodeTable } from './code-words.ts';

export const listCodes = {
  BAD_URL: {
    title: 'It is not a URL',
    advice: 'Mend the line in the list: a URL begins with http:// or https://.',
  },
  UNSUPPORTED_SCHEME: {
    title: 'It is not a web address',
    advice: 'Only http and https URLs are fetched.',
  },
  BAD_LIST_LINE: {
    title: 'The line cannot be read',
    advice: 'Mend the line in the list.',
  },
} as const satisfies CodeTable;

export const connectionCodes = {
  DNS_NOT_FOUND: {
    title: 'The server does not exist',
    advice: 'There is no such host: look for a slip in its name; the site may be gone.',
  },
  DNS_FAILED: {
    title: 'The server’s name could not be looked up',
    advice: 'The name server did not help: check your network, then run it again.',
    atTerminal: 'The name server did not help: check your network, then run the same command again.',
    inWindow: 'The name server did not help: check your network, then retry.',
  },
  BLOCKED_ADDRESS: {
    title: 'The address is private',
    advice:
      'The address is private: no redirect from the public network may lead there, and nothing where private addresses are denied.',
    atTerminal:
      'The address is private: no redirect from the public network may lead there, and with --private deny nothing.',
    inWindow: 'It is fetched only where the list itself names it.',
  },
  CONNECT_REFUSED: {
    title: 'The server refused the connection',
    advice: 'Nothing listens there: the server may be down, or the port wrong.',
  },
  CONNECT_TIMEOUT: {
    title: 'The server did not answer',
    advice: 'The server does not answer: run it again later, or with a longer time-out.',
    atTerminal: 'The server does not answer: run the same command again later, or with a longer --timeout.',
    inWindow: 'Retry later, or allow more seconds of silence.',
  },
  CONNECT_FAILED: {
    title: 'The server could not be reached',
    advice: 'There is no way to the host: check your network and firewall.',
  },
  CONNECTION_LOST: {
    title: 'The connection was lost',
    advice: 'The server hangs up: fewer requests at once to it may help.',
    atTerminal: 'The server hangs up: a smaller --per-host may help.',
    inWindow: 'The server hangs up: fewer at once per host may help.',
  },
  PROXY_FAILED: {
    title: 'The proxy failed',
    advice: 'Check HTTP_PROXY and HTTPS_PROXY, and the proxy itself.',
  },
  TLS_EXPIRED: {
    title: 'The certificate has expired',
    advice: "The site's certificate has expired: check your clock; else only the site can mend it.",
  },
  TLS_UNTRUSTED: {
    title: 'The certificate is not trusted',
    advice: 'If you trust the authority that signed the certificate, give its file.',
    atTerminal: 'If you trust the authority that signed the certificate, give its file with --ca.',
    inWindow: 'Nobody your computer trusts signed it: only the site can mend it.',
  },
  TLS_WRONG_NAME: {
    title: 'The certificate is for another site',
    advice: 'The certificate is for another name: check the host in the URL.',
  },
  TLS_ERROR: {
    title: 'The connection is not secure',
    advice: 'No secure connection could be made: the server may want another TLS version.',
  },
} as const satisfies CodeTable;

export const answerCodes = {
  HEADERS_TIMEOUT: {
    title: 'The server was too slow to answer',
    advice: 'The server is slow to answer: fewer requests at once to it, or a longer time-out, may help.',
    atTerminal: 'The server is slow to answer: a smaller --per-host or a longer --timeout may help.',
    inWindow: 'Fewer at once per host, or more seconds of silence, may help.',
  },
  BAD_RESPONSE: {
    title: 'The answer makes no sense',
    advice: 'The server does not speak HTTP properly: check the port.',
  },
  HTTP_401: {
    title: 'A password is needed (401)',
    advice: 'It asks who you are: give a user and password, a header or cookies.',
    atTerminal: 'It asks who you are: use --user, --header or --cookies.',
    inWindow: 'It asks who you are: such files can be fetched on the command line.',
  },
  HTTP_403: {
    title: 'The server forbids it (403)',
    advice: 'The server refuses: it may want cookies, a header or another user agent.',
    atTerminal: 'The server refuses: it may want --cookies, a --header or another --user-agent.',
    inWindow: 'The server refuses: it may want a visitor who is signed in.',
  },
  HTTP_404: {
    title: 'Not found on the server (404)',
    advice: 'The file is not there (any more): remove it from the list.',
  },
  HTTP_410: {
    title: 'Removed from the server (410)',
    advice: 'The file has been removed for good: remove it from the list.',
  },
  HTTP_429: {
    title: 'Asked too often, not tried again (429)',
    advice:
      'You ask too often: allow retries, or run it again later with fewer requests at once to the host.',
    atTerminal:
      'You ask too often: allow --retries, or run the same command again later with a smaller --per-host.',
    inWindow: 'Allow retries, choose fewer at once per host, or retry later.',
  },
  HTTP_429_AFTER_RETRIES: {
    title: 'Asked too often (429)',
    advice:
      'You ask too often: run it again later, with fewer requests at once to the host or a gap between them.',
    atTerminal:
      'You ask too often: run the same command again later, with a smaller --per-host or a --min-gap.',
    inWindow: 'Choose fewer at once per host, and retry later.',
  },
  HTTP_5XX: {
    title: 'The server is in trouble, not tried again (5xx)',
    advice: 'The server is in trouble: allow retries, or run it again later; what is done is skipped.',
    atTerminal:
      'The server is in trouble: allow --retries, or run the same command again later; what is done is skipped.',
    inWindow: 'Allow retries, or retry later.',
  },
  HTTP_5XX_AFTER_RETRIES: {
    title: 'The server is in trouble (5xx)',
    advice: 'The server is in trouble: run it again later; what is done is skipped.',
    atTerminal: 'The server is in trouble: run the same command again later; what is done is skipped.',
    inWindow: 'Retry later.',
  },
  HTTP_STATUS: {
    title: 'The server answered with an error',
    advice: 'The message tells what the server answered.',
  },
  REDIRECT_LOOP: {
    title: 'Redirected in a circle',
    advice: 'The site sends you round in a circle: it may want cookies.',
    atTerminal:
      'The site sends you round in a circle, even with the cookies that it sets: it may want those of a login (--cookies).',
    inWindow: 'The site sends you round in a circle: it may want a visitor who is signed in.',
  },
  TOO_MANY_REDIRECTS: {
    title: 'Redirected too often',
    advice: 'Put the last address into the list instead of the first.',
  },
  BAD_REDIRECT: {
    title: 'Redirected to nowhere',
    advice: 'The server redirects to nowhere: only the site can mend it.',
  },
} as const satisfies CodeTable;

export const bodyCodes = {
  BODY_TIMEOUT: {
    title: 'The download stalled',
    advice: 'The server stopped in the middle: run it again, which goes on where it stopped.',
    atTerminal:
      'The server stopped in the middle: run the same command again, which goes on where it stopped.',
    inWindow: 'The server stopped in the middle: retry, which goes on where it stopped.',
  },
  TOO_SLOW: {
    title: 'The download was too slow',
    advice: 'It came too slowly: allow a lower speed, and for a robots.txt a longer time-out.',
    atTerminal:
      'It came too slowly: allow it with a smaller --min-speed, and a robots.txt with a larger --timeout.',
    inWindow: 'Retry when the server is less busy.',
  },
  TOO_LARGE: {
    title: 'The file is larger than allowed',
    advice: 'It is larger than the size allowed, or unpacks to so much that the size has to be allowed.',
    atTerminal: 'It is larger than --max-size allows, or unpacks to so much that --max-size has to allow it.',
    inWindow: 'It is larger than the limit.',
  },
  TRUNCATED: {
    title: 'The download was cut short',
    advice: 'The end of the file did not come: run it again.',
    atTerminal: 'The end of the file did not come: run the same command again.',
    inWindow: 'The end of the file did not come: retry.',
  },
  BAD_ENCODING: {
    title: 'The file is packed wrongly',
    advice: 'The server packs the file wrongly: only the site can mend it.',
  },
  CHECKSUM_MISMATCH: {
    title: 'It is not the file that was listed',
    advice: 'The file is another one than the list describes: check the list, or do not trust the file.',
  },
  FETCH_FAILED: {
    title: 'The download failed',
    advice: 'The message tells what happened.',
  },
} as const satisfies CodeTable;
