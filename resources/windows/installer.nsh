; Entries of the Explorer: "Make thumbnails" on folders and images, and Shoal in "Open with", never as the default.
; Under SHELL_CONTEXT they are of the person who installs, or of the machine, as the installation itself.

!macro customInstall
  StrCpy $R8 "Make thumbnails"
  StrCmp $LANGUAGE 1031 0 +2
  StrCpy $R8 "Vorschaubilder machen"

  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Shoal" "" "$R8"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Shoal" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Shoal\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'

  WriteRegStr SHELL_CONTEXT "Software\Classes\SystemFileAssociations\image\shell\Shoal" "" "$R8"
  WriteRegStr SHELL_CONTEXT "Software\Classes\SystemFileAssociations\image\shell\Shoal" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\SystemFileAssociations\image\shell\Shoal\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'

  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}" "FriendlyAppName" "Shoal"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro shoalOpens "jpg"
  !insertmacro shoalOpens "jpeg"
  !insertmacro shoalOpens "png"
  !insertmacro shoalOpens "webp"
  !insertmacro shoalOpens "gif"
  !insertmacro shoalOpens "avif"
  !insertmacro shoalOpens "tif"
  !insertmacro shoalOpens "tiff"
  !insertmacro shoalOpens "heic"
  !insertmacro shoalOpens "bmp"
  !insertmacro shoalOpens "jxl"
  !insertmacro shoalOpens "dng"
  !insertmacro shoalOpens "cr2"
  !insertmacro shoalOpens "cr3"
  !insertmacro shoalOpens "nef"
  !insertmacro shoalOpens "arw"
  !insertmacro shoalOpens "txt"
  !insertmacro shoalOpens "csv"
  !insertmacro shoalOpens "tsv"
  !insertmacro shoalOpens "ndjson"
  !insertmacro shoalOpens "jsonl"
  !insertmacro shoalOpens "parquet"
  !insertmacro shoalOpens "url"

  System::Call 'shell32::SHChangeNotify(i, i, i, i) v (0x08000000, 0, 0, 0)'
!macroend

!macro shoalOpens extension
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" ".${extension}" ""
!macroend

; Settings, presets and the history stay: they are the person's.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\shell\Shoal"
    DeleteRegKey SHELL_CONTEXT "Software\Classes\SystemFileAssociations\image\shell\Shoal"
    DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  ${endIf}
!macroend
