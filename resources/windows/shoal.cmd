@echo off
rem The command line of an installed Shoal, run by a Node of the system (docs/adr/0096). Without arguments it opens the window.
setlocal
set "SHOAL_RESOURCES=%~dp0.."
if "%~1"=="" (
  start "" "%SHOAL_RESOURCES%\..\Shoal.exe"
  exit /b 0
)
rem Of PATH alone: cmd looks into the folder that one is in first, where a download may lie.
set "NoDefaultCurrentDirectoryInExePath=1"
if not defined SHOAL_NODE for %%N in (node.exe) do set "SHOAL_NODE=%%~$PATH:N"
if not defined SHOAL_NODE (
  echo shoal: the command line needs Node 22.22 or newer, and none was found on PATH: install it from https://nodejs.org, or set SHOAL_NODE to its path. 1>&2
  exit /b 2
)
"%SHOAL_NODE%" --version >nul 2>nul
if errorlevel 1 (
  echo shoal: the Node that SHOAL_NODE or PATH names does not run: "%SHOAL_NODE%". The command line needs Node 22.22 or newer. 1>&2
  exit /b 2
)
"%SHOAL_NODE%" "%SHOAL_RESOURCES%\app.asar.unpacked\cli\bin\shoal.cjs" %*
exit /b %errorlevel%
