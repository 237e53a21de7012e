/** Folders of Windows in which people work, keep and build things, as payloads are written. */

/** Folders within a project in which a build leaves what it has made. */
export const BUILT = /(?:^|[\\/])(?:bin|builds?|debug|release|x64|x86|win32|dist|out|target|\.libs)[\\/]/i;

/** What tools of developers leave by themselves in a project, each under the name of what it was made for, and Python's environments. */
export const OUTPUT =
  /[\\/](?:(?:bin|build|out|target|x64|x86|win32)[\\/](?:(?:x64|x86|win32)[\\/])?(?:debug|release)|\.?venv[\\/]scripts)[\\/]/i;

/** A folder that somebody has made in the own profile: none that Windows makes there, and into which everything falls. */
export const OWN =
  /^[a-z]:\\users\\(?!public\\)[^\\]+\\(?!appdata\\|desktop\\|downloads\\|documents\\|music\\|pictures\\|videos\\|favorites\\|links\\|contacts\\|searches\\|saved games\\|onedrive|local settings\\|application data\\)[^\\]+\\/i;

/** The own profile, without what arrives there from elsewhere. */
export const WORKPLACE = /^[a-z]:\\users\\(?!public\\)[^\\]+\\(?!appdata\\|downloads\\)/i;

/** Where tools of developers keep a project each, in the folder of whoever works on it, and npm the tools that it installs. */
export const PROJECTS =
  /^[a-z]:\\users\\(?!public\\)[^\\]+\\(?:appdata\\roaming\\npm\\node_modules|(?:source\\)?repos|documents\\github|documents\\visual studio \d{4}\\projects|(?:idea|pycharm|clion|rider|webstorm|androidstudio)projects|eclipse-workspace)\\+[^\\]+\\/i;

/** Software has an order of its own in its folder; what was just put somewhere lies at the top. */
export const WITHIN_PROGRAM = /^[a-z]:\\[^\\]+\\+[^\\]+\\/i;

/** Where installers put what one user has asked for. */
export const FOR_ONE_USER = /^[a-z]:\\users\\[^\\]+\\appdata\\local\\(?!temp\\|microsoft\\windows\\)[^\\]+\\/i;

/** What is set up and lies in the folder that a program has in a profile: few programs that one user installs have no such task. */
export const OF_ONE_USER =
  /^(?:[a-z]:\\users\\[^\\]+\\appdata\\(?:local|roaming)|%(?:local)?appdata%)\\(?!temp\\|microsoft\\windows\\)[^\\]+\\/i;

/** Where Windows has installers put the programs of one user. */
export const PROGRAMS = /^[a-z]:\\users\\[^\\]+\\appdata\\local\\programs\\[^\\]+\\/i;

/** In a folder of its own where people unpack what they were given. */
export const UNPACKED_BY_HAND =
  /^[a-z]:\\users\\(?!public\\)[^\\]+\\(?:onedrive[^\\]*\\)?(?:downloads|desktop|documents)\\[^\\]+[\\/]+[^\\/]/i;
