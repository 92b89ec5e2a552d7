@echo off
rem Builds Jaket: mvnw.cmd verify
rem Runs Maven on a JDK 25 (bin\find-jdk.cmd): the mvn on the PATH, or one that is fetched once into .m2\wrapper.
setlocal
set "MAVEN_VERSION=3.9.16"
set "MAVEN_SHA512=ed41650d42485cfc243fad22158caf9cbb5dc408ce7a09ddb94dd42a019de929ca43065bfa450612cf12bf78b5cafa3884b96c090de326ff590448c933454af3"

call "%~dp0bin\find-jdk.cmd" || exit /b 1
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"

set "MAVEN_DIST=%USERPROFILE%\.m2\wrapper\dists\apache-maven-%MAVEN_VERSION%-jaket"
if exist "%MAVEN_DIST%\bin\mvn.cmd" goto :fetched
where mvn >nul 2>&1 && (
  call mvn %*
  exit /b
)

set "MAVEN_URL=https://archive.apache.org/dist/maven/maven-3/%MAVEN_VERSION%/binaries/apache-maven-%MAVEN_VERSION%-bin.zip"
if defined MVNW_REPOURL set "MAVEN_URL=%MVNW_REPOURL%/org/apache/maven/apache-maven/%MAVEN_VERSION%/apache-maven-%MAVEN_VERSION%-bin.zip"
powershell -NoProfile -Command ^
  "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';" ^
  "$dists = Split-Path $env:MAVEN_DIST; $work = Join-Path $dists ([guid]::NewGuid());" ^
  "New-Item -ItemType Directory -Force $work | Out-Null; $zip = Join-Path $work 'maven.zip';" ^
  "Invoke-WebRequest -UseBasicParsing $env:MAVEN_URL -OutFile $zip;" ^
  "if ((Get-FileHash $zip -Algorithm SHA512).Hash -ne $env:MAVEN_SHA512) { throw 'the digest of ' + $env:MAVEN_URL + ' is not the expected one' };" ^
  "Expand-Archive $zip $work; Move-Item (Join-Path $work ('apache-maven-' + $env:MAVEN_VERSION)) $env:MAVEN_DIST;" ^
  "Remove-Item -Recurse -Force $work" || exit /b 1

:fetched
call "%MAVEN_DIST%\bin\mvn.cmd" %*
exit /b
