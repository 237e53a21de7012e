/**
 * Libraries of Windows that people register or name without a folder. A bare name is searched for beside the program and in the
 * system's folders before the working directory is: these are found there.
 */
const NAMES =
  "actxprxy advapi32 advpack amcompat asctrls atl browseui certcli certmgr cfgbkend comcat comctl32.ocx comdlg32.ocx comsvcs comuid credui cryptdlg cryptext " +
  "cryptui davclnt dataclen.dll devmgr dfshim dispex dskquoui dssenh dxtmsft dxtrans es fxscom gpedit hhctrl.ocx hlink hnetcfg iedkcs32 ieadvpack " +
  "ieframe iepeers iesetup imgutil inetcomm inetcpl.cpl initpki inseng itircl itss jscript jscript9 keymgr laprxy licmgr10 localsec mlang mmcndmgr " +
  "mobsync msado15 msctf msdaipp mscoree msdxm.ocx mshtml mshtmled msident msieftp msjava msoeacct msrating mssip32 msvcrt msxml msxml2 msxml3 msxml4 msxml6 " +
  "mydocs ncobjapi netapi32 netcfgx netman netshell newdev ntdll nvcpl occache odbcconf.dll ole32 oleacc oleaut32 olepro32 pcwutl photoviewer plugin.ocx printui " +
  "pngfilt proctexe.ocx propsys quartz qmgr qmgrprxy rasdlg regwizc rsaenh sccbase scecli schannel schedsvc scrobj scrrun sendmail setupapi shdocvw shell32 " +
  "shgina shimgvw shlwapi shsvcs slbcsp softpub sqlsrv32 stobject syssetup tapi32 themeui thumbvw triedit twext ulib url urlmon user32 userenv usp10 uxtheme vbscript " +
  "wab32 wbemprox webcheck webvw wiashext winhttp wininet wintrust wmi wmidx wshcon wshext wshom.ocx wuapi wuaueng wuauserv wucltui wups wups2 wuweb xenroll xmllite xolehlp zipfldr " +
  "appwiz.cpl bthprops.cpl desk.cpl firewall.cpl hdwwiz.cpl intl.cpl irprops.cpl joy.cpl main.cpl mmsys.cpl ncpa.cpl powercfg.cpl sysdm.cpl tabletpc.cpl telephon.cpl timedate.cpl wscui.cpl";

export const SYSTEM_LIBRARIES: ReadonlySet<string> = new Set(
  NAMES.split(" ").map((name) => (name.includes(".") ? name : `${name}.dll`)),
);
