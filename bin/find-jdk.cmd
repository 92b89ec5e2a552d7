@echo off
rem Called by mvnw.cmd and jaket.cmd: sets JAVA_HOME to a JDK 25, or says what to install and returns 1.
rem The same search as in find-jdk, in the places where Windows installers put JDKs.
set "JAKET_JDK="
call :try "%JAVA_HOME%"
call :try "%JAVA_HOME_25%"
call :try "%JAVA_HOME_25_X64%"
for /f "delims=" %%j in ('where java 2^>nul') do call :try "%%~dpj.."
for %%v in ("Eclipse Adoptium" Java Microsoft "Amazon Corretto" Zulu BellSoft) do (
  for /d %%d in ("%ProgramFiles%\%%~v\*" "%LOCALAPPDATA%\Programs\%%~v\*") do call :try "%%~d"
)
for /d %%d in ("%USERPROFILE%\.jdks\*" "%USERPROFILE%\.gradle\jdks\*" "%USERPROFILE%\scoop\apps\*") do (
  call :try "%%~d"
  call :try "%%~d\current"
)
if not defined JAKET_JDK (
  echo jaket needs a JDK 25 and found none: install one ^(for example Eclipse Temurin 25^) or point JAVA_HOME at it. 1>&2
  exit /b 1
)
set "JAVA_HOME=%JAKET_JDK%"
exit /b 0

:try
if defined JAKET_JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
findstr /r /c:"^JAVA_VERSION=.25[^0-9]" "%~1\release" >nul 2>&1 && set "JAKET_JDK=%~1"
exit /b 0
