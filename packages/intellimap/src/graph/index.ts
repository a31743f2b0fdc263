/** The workspace's text, whether it ran or not: functions, references, imports, exports, packages. */
export { filesIn, goalOf } from './files.ts';
export { type Survey, type SurveyOptions, surveyWorkspace } from './workspace.ts';
export { type FileRows, surveyFile } from './survey/file.ts';
export { type Variables, variablesNamed } from './variables.ts';
